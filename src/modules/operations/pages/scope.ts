/** How an order for everybody is written in the books; the screen says it in its own language. */
export const wholeBureau = '全局'
