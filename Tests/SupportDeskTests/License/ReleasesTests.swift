import SupportDesk
import Testing

@Suite("Newer versions")
struct ReleasesTests {
    private func releases(partner: [String]? = nil) throws -> Releases {
        let list = "9.4 build 1124 bêta (30/06/2021)\n9.5 build 1155 (19/06/2023)\n"
        var releases = Releases(versions: try ReleasedVersions.parse(Array(list.utf8)))
        if let partner {
            let file = ["[Partenaire]", "RaisonSociale.Ligne1=\(partner[0])", "[Assistance]"] + partner.dropFirst()
            releases.partner = try PartnerFile.parse(Array(file.joined(separator: "\n").utf8)).partner
        }
        return releases
    }

    @Test("who has an older version is told of the update and of who delivers it")
    func older() throws {
        let advice = try #require(
            try releases().advice(version: "9.4 build 1100", product: nil, partner: "Atlantique Gestion"))
        for text in [advice.french, advice.english] {
            #expect(text.contains("9.5 build 1155") && text.contains("9.4 build 1100"))
            #expect(text.contains("Atlantique Gestion"))
        }
    }

    @Test("nothing is said of a current, a newer, an unreadable or no version, nor without a list")
    func nothing() throws {
        for version in ["9.5", "9.5 build 1155", "9.6", "la dernière", nil] {
            #expect(try releases().advice(version: version, product: nil, partner: nil) == nil)
        }
        #expect(Releases().advice(version: "8.0", product: nil, partner: nil) == nil)
    }

    @Test("the partner's coordinates are given where the file is theirs, and only there")
    func coordinates() throws {
        let known = try releases(partner: ["Négoce Informatique", "Telephone=01 99 00 12 34", "Email=aide@exemple.fr"])
        for name in [nil, "negoce informatique"] {
            let text = try #require(known.advice(version: "8", product: nil, partner: name)).french
            #expect(text.contains("Négoce Informatique (+33 1 99 00 12 34, aide@exemple.fr)"), "\(text)")
        }
        let other = try #require(known.advice(version: "8", product: nil, partner: "Atlantique")).french
        #expect(other.contains("Atlantique") && !other.contains("+33"))
    }
}
