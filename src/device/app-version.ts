/** Put in its place by the build. */
declare const fangxianVersion: string

/** The version of the pages that are open; in a test, where nothing was built, none. */
export const appVersion = typeof fangxianVersion === 'string' ? fangxianVersion : '0'
