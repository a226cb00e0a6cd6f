export const shell = { openPath: () => Promise.resolve("") };
