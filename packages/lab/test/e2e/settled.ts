import type { Page } from 'playwright-core'

/** Waits until every run has ended and everything has been said about it. */
export async function untilSettled(page: Page): Promise<void> {
  await page.locator('.lab[data-state="settled"]').waitFor({ timeout: 120_000 })
}

/** Fingerprints of runs, by label and seed. */
export type Fingerprints = Readonly<Record<string, string>>

/** What the dialog says of the runs that have settled, and the link that it hands on, without `#`. */
export async function taken(page: Page): Promise<{ readonly found: Fingerprints; readonly link: string }> {
  await untilSettled(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share and take away' })
  // It is there before it is shown.
  await dialog.waitFor()
  const rows = dialog.locator('section:has(> h3:text-is("Fingerprints")) dl > div')
  const pairs = await rows.evaluateAll((all) =>
    all.map((row) => ['dt', 'dd'].map((name) => row.querySelector(name)!.textContent!.trim())),
  )
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await dialog.getByText('Copied', { exact: true }).waitFor()
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash.slice(1)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  return { found: Object.fromEntries(pairs), link }
}

/** The curves of the panels of all lanes, as they are drawn at the end of the horizon. */
export async function drawnCurves(page: Page): Promise<readonly string[]> {
  const skip = page.getByRole('slider', { name: 'Time', exact: true })
  await skip.press('End')
  const curves = page.locator('.lanes path[data-mark="line"][d*="L"]')
  await curves.first().waitFor({ state: 'attached' })
  let before = ''
  // Drawing waits for its turn; it is over when two frames show the same.
  for (;;) {
    const now = await curves.evaluateAll(
      (paths) =>
        new Promise<string[]>((resolve) =>
          setTimeout(() => resolve(paths.map((path) => path.getAttribute('d')!)), 150),
        ),
    )
    if (now.join() === before) return now
    before = now.join()
  }
}
