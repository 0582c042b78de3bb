import type { Page } from 'playwright-core'
import { untilSettled } from '../settled.ts'

/** Opens what a round uses. */
export async function prepareRounds(page: Page): Promise<void> {
  await untilSettled(page)
  await page.locator('summary', { hasText: 'Seed and runs' }).click()
}

/** What people do, all at once: restarts, edits taken back, playing, scrubbing, every panel enlarged in turn, dialogs; at the end all is shown. */
export async function round(page: Page, turn: number): Promise<void> {
  // The second restart comes while the runs of the first are under way.
  const more = page.getByRole('button', { name: 'More seed', exact: true })
  await more.click()
  await page.waitForTimeout(100)
  await more.click()
  await untilSettled(page)
  await enlarged(page, turn)
  await lookedUp(page, turn)
  await played(page)
  await edited(page)
  await untilSettled(page)
}

/** Another kind of dynamics, and back. */
async function edited(page: Page): Promise<void> {
  await page.getByLabel('Dynamics', { exact: true }).selectOption('heavyBall')
  await page.waitForTimeout(100)
  await page.keyboard.press('Control+z')
}

async function enlarged(page: Page, turn: number): Promise<void> {
  const buttons = page.getByRole('button', { name: /^Enlarge: / })
  await buttons.nth(turn % (await buttons.count())).click()
  await page.getByRole('button', { name: 'All panels' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.lanes').waitFor()
}

/** A statement's page, and one of the dialogs. */
async function lookedUp(page: Page, turn: number): Promise<void> {
  const statements = page.locator('.theory button.statement')
  await statements.nth(turn % (await statements.count())).click()
  await page.getByRole('button', { name: 'All statements' }).click()
  await page.getByRole('button', { name: turn % 2 ? 'Gallery' : 'Share', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function played(page: Page): Promise<void> {
  const time = page.getByRole('slider', { name: 'Time', exact: true })
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForTimeout(100)
  for (const place of [200, 1500, 700, 2000]) {
    await time.fill(String(place))
    await page.waitForTimeout(50)
  }
}
