/** The page of a built folder with its script and style written into it. */
export declare function singleFile(folder: string): string
