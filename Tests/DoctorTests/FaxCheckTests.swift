import Configuration
import Doctor
import SupportDesk
import Testing

@Suite("What the doctor finds about faxes")
struct FaxCheckTests {
    private let surgery: Surgery

    init() throws {
        surgery = try Surgery()
        surgery.settings.fax.gateway = .hylafax
    }

    private struct Broken: Explained {
        var explanation: Bilingual { Bilingual(fr: "pas de Pango", en: "no Pango") }
    }

    private func fax() async -> [DoctorCheck] { await surgery.examine().filter { $0.name.hasPrefix("fax") } }

    private static func probe(
        _ fault: ChannelFault? = nil, pages: Int? = 1
    ) -> FaxProbe {
        FaxProbe(
            gateway: { () async throws(ChannelFault) -> Bilingual in
                if let fault { throw fault }
                return Bilingual(fr: "1 modem libre", en: "1 modem idle")
            },
            page: {
                guard let pages else { throw Broken() }
                return pages
            })
    }

    @Test("without a gateway there is nothing to look at, and nothing is tried")
    func none() async {
        surgery.settings.fax.gateway = .none
        surgery.fax = FaxCheckTests.probe(ChannelFault(.tls, fr: "a", en: "b"), pages: nil)
        #expect(await fax().isEmpty)
    }

    @Test("a gateway that answers, and a page that can be set")
    func well() async {
        surgery.fax = FaxCheckTests.probe(pages: 3)
        let checks = await fax()
        #expect(checks.map(\.name) == ["fax", "fax page"] && checks.allSatisfy { $0.verdict == .ok })
        #expect(checks.first?.text == Bilingual(fr: "1 modem libre", en: "1 modem idle"))
        #expect(checks.last?.text.french.contains("(3)") == true && checks.last?.text.english.contains("(3)") == true)
    }

    @Test("each kind of fault is told in its own words, with what mends it", arguments: ChannelFault.Kind.allCases)
    func fault(kind: ChannelFault.Kind) async throws {
        surgery.fax = FaxCheckTests.probe(ChannelFault(kind, fr: "Rien à \(kind)", en: "Nothing at \(kind)"))
        let check = try await surgery.complaint()
        #expect(check.name == "fax" && check.verdict == .fault)
        #expect(check.text == Bilingual(fr: "Rien à \(kind)", en: "Nothing at \(kind)"))
        let words: (String, String) =
            switch kind {
            case .unreachable: ("pare-feu", "firewall")
            case .busy: ("revenir plus tard", "come back later")
            case .tls: ("certificat", "certificate")
            case .authentication: ("le secret", "the secret")
            case .configuration: ("systemctl reload assistd", "systemctl reload assistd")
            }
        #expect(check.mend?.french.contains(words.0) == true && check.mend?.english.contains(words.1) == true)
        if kind != .busy {
            #expect(check.mend?.french.contains("[fax.hylafax]") == true)
            #expect(check.mend?.english.contains("[fax.hylafax]") == true)
        }
    }

    @Test("a page that cannot be set is the program's fault, and not the gateway's")
    func page() async throws {
        surgery.fax = FaxCheckTests.probe(pages: nil)
        let check = try await surgery.complaint()
        #expect(check.name == "fax page" && check.text == Bilingual(fr: "pas de Pango", en: "no Pango"))
        #expect(check.mend?.french.contains("fax.page_program") == true)
        #expect(check.mend?.english.contains("assistd-faxpage") == true)
    }

    @Test("what only the service can try is said not to have been tried")
    func elsewhere() async throws {
        let check = try await surgery.complaint()
        #expect(check.name == "fax" && check.verdict == .warning)
        #expect(check.mend?.english.contains("start the service") == true)
    }
}
