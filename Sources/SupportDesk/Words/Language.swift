/// The languages people are answered in.
package enum Language: String, Sendable, Codable, CaseIterable {
    case french = "fr"
    case english = "en"

    /// The language a process should speak, from its environment; `fallback` where nothing is said.
    ///
    /// The first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty decides (POSIX.1-2017, 8.2).
    package init(environment: [String: String], fallback: Language = .english) {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        switch named?.prefix(2).lowercased() {
        case "fr": self = .french
        case nil: self = fallback
        default: self = .english
        }
    }
}
