import { Command, CommanderError } from 'commander'
import { addComplete } from './commands/complete.ts'
import { addLab } from './commands/lab.ts'
import { addEngines, addSchema, addStudies } from './commands/lists.ts'
import { addReproduce } from './commands/reproduce.ts'
import { addRun } from './commands/run.ts'
import { version } from './environment.ts'
import { exitCode, sentenceOf } from './exit.ts'

const program = new Command('linnet')
  .description('A laboratory for linear neural networks x ↦ W_n ··· W_1 x.')
  .version(version)
  .showHelpAfterError('(add --help for what is understood)')
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 a certificate is violated or a run diverged, 2 bad input, 130 interrupted.',
  )
for (const add of [addReproduce, addRun, addComplete, addLab, addStudies, addEngines, addSchema]) add(program)
for (const command of [program, ...program.commands]) command.exitOverride()

// A reader that closes early (`linnet studies | head -1`) is no error; a full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  process.stderr.write(`linnet: the output could not be written (${error.code}); give it a place with room\n`)
  process.exit(exitCode.badInput)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.badInput
  else {
    const sentence = sentenceOf(error)
    if (sentence === undefined) throw error
    process.stderr.write(`linnet: ${sentence}\n`)
    process.exitCode = exitCode.badInput
  }
}
