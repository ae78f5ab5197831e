/// What faxes cost so far.
package struct FaxUsage: Hashable, Sendable {
    /// Calls made; one that is under way counts from its first.
    package var calls: Int
    /// Pages confirmed.
    package var pages: Int

    package init(calls: Int = 0, pages: Int = 0) {
        self.calls = calls
        self.pages = pages
    }
}
