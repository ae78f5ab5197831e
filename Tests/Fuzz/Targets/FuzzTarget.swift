/// A reader of bytes from outside, and what must hold whatever they are.
///
/// The same functions are driven by libFuzzer (script/fuzz) and, with the inputs that are kept in `Corpora`, by the tests.
struct FuzzTarget: Sendable {
    /// Names the folder of its inputs too.
    let name: String
    let run: @Sendable ([UInt8]) throws -> Void

    static let all: [FuzzTarget] = [
        report, jsonReport, eml, html, register, versions, partner, license, names, configuration, profile, template,
        form,
        request, hfaxd, faxAnswer, smtp, mail, notice, words, values, page,
    ]
}

/// An input broke a promise.
struct Broken: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// Throws unless a promise is kept.
func promise(_ isKept: Bool, _ words: @autoclosure () -> String) throws(Broken) {
    if !isKept { throw Broken(words()) }
}
