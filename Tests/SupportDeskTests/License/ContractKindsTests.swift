import SupportDesk
import TestSupport
import Testing

@Suite("Kinds of contract")
struct ContractKindsTests {
    private static let everything = Set(AssistanceKind.allCases)

    private func fault(_ entries: [String]) -> ContractKindsFault? {
        do {
            _ = try ContractKinds(entries)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "the standard contracts, however they are written and joined",
        arguments: [
            ("G-MAIL", [.mail, .fax]), ("g mail", [.mail, .fax]), ("G\u{2013}Mail", [.mail, .fax]),
            ("GMAIL", [.mail, .fax]), ("G\u{2212}MAIL", [.mail, .fax]), ("g_mail\u{A0}", [.mail, .fax]),
            ("G-TEL", everything), ("G-WEB", everything), ("G-MAIL + G-TEL", everything),
            ("G-MAIL+G-MAIL", [.mail, .fax]), ("G-MAIL, G-WEB", everything), ("G-MAIL/G-TEL", everything),
            ("G-MAIL et G-TEL", everything), ("G-MAIL G-TEL", everything), ("G-MAIL G-MAIL", [.mail, .fax]),
            ("G-MAIL,", [.mail, .fax]), ("Or", everything), ("G-MAIL + Or", everything), ("G-MAIL Or", everything),
            ("", everything), ("+", everything),
        ] as [(String, Set<AssistanceKind>)])
    func standard(contract: String, covered: Set<AssistanceKind>) {
        #expect(ContractKinds.standard.coverage(of: contract) == covered)
    }

    @Test("the standard is what its description says")
    func described() throws {
        let described = try ContractKinds([
            "G-MAIL: mail fax", "G-TEL: mail fax callback", "G-WEB: mail fax callback",
        ])
        #expect(described == .standard)
        #expect(described.hashValue == ContractKinds.standard.hashValue)
    }

    @Test(
        "what is covered is said in either language",
        arguments: [
            ("A: mail", [.mail]), ("A : courriel", [.mail]), ("A:E-mail,Télécopie", [.mail, .fax]),
            ("A: te\u{301}lécopie et rappel", [.fax, .callback]), ("A: téléphone", [.callback]),
            ("A: PHONE", [.callback]), ("A: call-back + fax", [.callback, .fax]), ("a: mail mail", [.mail]),
        ] as [(String, Set<AssistanceKind>)])
    func words(entry: String, covered: Set<AssistanceKind>) throws {
        #expect(try ContractKinds([entry]).coverage(of: "A") == covered)
    }

    @Test("several kinds cover what any of them does, and one may have a name of several words")
    func unions() throws {
        let kinds = try ContractKinds(["A: mail", "B: fax", "Tel et Web: callback"])
        #expect(kinds.coverage(of: "A + B") == [.mail, .fax])
        #expect(kinds.coverage(of: "B et A") == [.mail, .fax])
        #expect(kinds.coverage(of: "TEL ET WEB") == [.callback])
        #expect(kinds.coverage(of: "G-MAIL") == Self.everything)
        #expect(try ContractKinds([]).coverage(of: "A") == Self.everything)
    }

    @Test(
        "a broken entry is quoted, with what to write instead",
        arguments: ["G-MAIL", "G-MAIL mail", ": mail", " - : mail", "G-MAIL:", "G-MAIL: ,", "G-MAIL: pigeon", ""])
    func broken(entry: String) throws {
        let found = try #require(fault(["A: fax", entry]))
        #expect(found.flaws.count == 1)
        for text in [found.explanation.french, found.explanation.english] {
            #expect(text.contains("\(entry)") || entry.isEmpty)
            #expect(text.contains("G-MAIL: "))
        }
    }

    @Test("all that is wrong is told at once, the same contract twice too")
    func several() throws {
        let found = try #require(fault(["A", "G-MAIL: mail", "gmail: fax", "B: pigeon"]))
        #expect(found.flaws.count == 3)
        #expect(found.explanation.french.contains("pigeon") && found.explanation.english.contains("pigeon"))
    }

    @Test("no text makes it fall over, and no contract covers nothing", arguments: 0..<200)
    func hostile(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["G-MAIL", "G-TEL", "+", ",", "/", " ", "et", ":", "mail", "\u{301}", "-", "\u{200B}"]
        let text = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        #expect(!ContractKinds.standard.coverage(of: text).isEmpty)
        _ = try? ContractKinds([text])
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = try? ContractKinds([String(decoding: bytes, as: UTF8.self)])
        #expect(!ContractKinds.standard.coverage(of: String(decoding: bytes, as: UTF8.self)).isEmpty)
    }
}
