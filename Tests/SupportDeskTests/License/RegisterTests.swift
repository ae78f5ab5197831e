import SupportDesk
import Testing

@Suite("The register")
struct RegisterTests {
    private func parse(_ text: String) throws(RegisterFault) -> Register { try Register.parse(Array(text.utf8)) }

    private func fault(_ text: String) -> RegisterFault? {
        do {
            _ = try parse(text)
            return nil
        } catch {
            return error
        }
    }

    private func flaws(_ text: String) -> [RegisterFault.Flaw] { fault(text)?.flaws ?? [] }

    private var entry: Register.Entry {
        var entry = Register.Entry(license: "00012344")
        entry.company = "Été & Fils"
        entry.partner = "Partenaire; Sud"
        entry.product = "PME"
        entry.version = "9.5"
        entry.purchased = CalendarDate(year: 2025, month: 1, day: 2)
        entry.contract = "G-MAIL"
        entry.contractEnd = CalendarDate(year: 2026, month: 11, day: 23)
        return entry
    }

    static let french = """
        licence;societe;partenaire;produit;version;date_achat;contrat;fin_contrat
        0001 2344;Été & Fils;"Partenaire; Sud";PME;9.5;02/01/2025;G-MAIL;23/11/2026
        """
    static let english = """
        contract_end,contract,company,license,version,product,partner,purchased
        2026-11-23,G-MAIL,Été & Fils,00012344,9.5,PME,Partenaire; Sud,2025-01-02
        """

    @Test("French or English, any separator and order, any line ends, BOM or Windows-1252")
    func forms() throws {
        let tabs = Self.english.replacing(",", with: "\t")
        for text in [Self.french, Self.english, tabs, Self.french.replacing("\n", with: "\r\n") + "\r\n"] {
            #expect(try parse(text).entries == [entry])
        }
        #expect(try Register.parse([0xEF, 0xBB, 0xBF] + Array(Self.french.utf8)).entries == [entry])
        let windows = Self.french.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(try Register.parse(windows).entries == [entry])
        #expect(try parse(Self.french.replacing("societe", with: "Socie\u{301}té")).entries == [entry])
    }

    @Test(
        "the day of the last update has several names",
        arguments: ["date_maj", "Date MAJ", "date_mise_a_jour", "Date de mise à jour", "updated", "update_date"])
    func updates(name: String) throws {
        let register = try parse("licence;\(name)\n1234;02/01/2026\n1235;\n")
        #expect(register.unknownColumns == [])
        #expect(register["1234"]?.updated == CalendarDate(year: 2026, month: 1, day: 2))
        #expect(try #require(register["1235"]).updated == nil)
        #expect(flaws("licence;\(name)\n1234;hier\n").map(\.line) == [2])
    }

    @Test("found by the normalised number alone")
    func lookup() throws {
        let register = try parse(Self.french)
        #expect(register["00012344"] == entry)
        #expect(register["12344"] == nil)
    }

    @Test("comments, blank lines, short lines, line breaks in quotes and a midnight are in order")
    func tolerant() throws {
        let register = try parse(
            "# export\n\nlicence;societe;date_achat;note\n1234;\"a \"\"b\"\"\nc\";2026-01-02 00:00:00.000;x\n;;;\n# fin\n1235\n"
        )
        #expect(register.entries.map(\.license) == ["1234", "1235"])
        #expect(register["1234"]?.company == "a \"b\"\nc")
        #expect(register["1234"]?.purchased?.description == "2026-01-02")
        #expect(register.unknownColumns == ["note"])
    }

    @Test("the same line twice is in order, another with the same number is not")
    func duplicates() throws {
        let head = "licence;societe\n"
        #expect(try parse(head + "1234;A\n12 34;A\n").entries.count == 1)
        let found = flaws(head + "1234;A\n1235;A\n12-34;B\n")
        #expect(found.map(\.line) == [4])
        #expect(found.first?.text.french.contains("ligne 2") == true)
    }

    @Test("all that is wrong is told at once, with its line")
    func broken() {
        let text = """
            licence;societe;fin_contrat
            ;sans numéro;2026-01-01
            1234;A;31/02/2026
            # commentaire
            1235;"A" b;2026-01-01
            1236;A;2026-01-01;trop
            3F2504E0-4F89-11D3-9A0C-0305E82C3301;A;2026-01-01
            1237;"sur
            deux lignes";demain
            1238;"jamais fermé;2026-01-01
            1239;A;2026-1-1x
            """
        let found = flaws(text)
        #expect(found.map(\.line) == [2, 3, 5, 6, 7, 8, 10, 11])
        #expect(!found.contains { $0.text.english.contains("3F2504E0") })
    }

    @Test("a register without a usable header is refused")
    func headers() {
        #expect(flaws("").map(\.line) == [1])
        #expect(flaws("\n# rien\n").map(\.line) == [1])
        #expect(flaws("numero;societe\n1234;A\n").map(\.line).first == 1)
        #expect(flaws("licence;license\n1234;1234\n").map(\.line) == [1])
        #expect(flaws("licence\n12\u{0}34").map(\.line) == [1])
        #expect(flaws("licence;societe\n").isEmpty)
    }

    @Test("a fault tells the first ten and counts the rest")
    func explanation() throws {
        let text = "licence;fin_contrat\n" + (1000..<1015).map { "\($0);demain\n" }.joined()
        let refusal = try #require(fault(text))
        #expect(refusal.explanation.french.contains("ligne 11 : "))
        #expect(!refusal.explanation.french.contains("ligne 12 : "))
        #expect(refusal.explanation.english.contains("and 5 more"))
    }

    @Test("the last day of a contract is included")
    func contracts() throws {
        let last = try #require(CalendarDate(year: 2026, month: 11, day: 23))
        let next = try #require(CalendarDate(year: 2026, month: 11, day: 24))
        #expect(entry.isUnderContract(on: last))
        #expect(!entry.isUnderContract(on: next))
        var open = entry
        open.contractEnd = nil
        #expect(open.isUnderContract(on: next))
        open.contract = "Non"
        #expect(!open.isUnderContract(on: last))
        #expect(!Register.Entry(license: "1").isUnderContract(on: last))
    }
}
