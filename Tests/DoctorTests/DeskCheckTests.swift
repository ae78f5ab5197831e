import Configuration
import Doctor
import SupportDesk
import Testing

@Suite("What the doctor finds about the desk")
struct DeskCheckTests {
    let surgery: Surgery

    init() throws { surgery = try Surgery() }

    private func check(_ name: String) async -> DoctorCheck? { await surgery.examine().first { $0.name == name } }

    @Test("its hours, and when an answer asked for now is due, in its own time")
    func hours() async {
        let text = await check("desk")?.text
        // 9:00 UTC is 10:00 in Paris.
        #expect(text?.french.contains("lundi 23/11/2026 15:30") == true, "\(String(describing: text))")
        #expect(text?.english.contains("Monday 2026-11-23 15:30") == true)
    }

    @Test("a zone nobody knows, and hours that leave no time for an answer")
    func broken() async throws {
        surgery.settings.desk.timezone = "Europe/Rambouillet"
        #expect(try await surgery.complaint().text.english.contains("Europe/Rambouillet"))
        surgery.settings.desk.timezone = "Europe/Paris"
        surgery.settings.desk.holidays = try Holidays([
            "2026-01-01..2026-12-31", "2027-01-01..2027-12-31", "2028-01-01..2028-12-30", "2028-12-31..2029-12-30",
        ])
        let closed = try await surgery.complaint()
        #expect(closed.name == "desk" && closed.verdict == .warning)
    }

    @Test("the list of versions and the partner's file, where they are there")
    func files() async throws {
        #expect(await check("versions") == nil)
        #expect(await check("partner") == nil, "not everybody has a partner")
        surgery.settings.licenses.versions = surgery.folder + "/versions.txt"
        surgery.settings.desk.partnerFile = "partner.ini"
        #expect(await surgery.examine().filter { $0.verdict == .fault }.map(\.name) == ["versions", "partner"])
        try surgery.write("9.5 build 1155 (19/06/2023)\n", to: "versions.txt")
        try surgery.write("[Partenaire]\nRaisonSociale.Ligne1=Négoce\n", to: "partner.ini")
        #expect(await check("versions")?.text.english.contains("9.5 build 1155") == true)
        #expect(await check("partner")?.text.french.contains("Négoce") == true)
        #expect(await surgery.examine().allSatisfy { $0.verdict == .ok })
        try surgery.write("neuf et demi\n", to: "versions.txt")
        let complaint = try await surgery.complaint()
        #expect(complaint.name == "versions" && complaint.text.french.contains("igne 1"))
    }
}
