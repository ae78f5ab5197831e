import Configuration
import Doctor
import Glibc
import SupportDesk
import Testing

@Suite struct RegisterCheckTests {
    let surgery: Surgery

    init() throws {
        surgery = try Surgery()
        surgery.settings.licenses.register = surgery.folder + "/register.csv"
    }

    @Test("a register in order is counted")
    func inOrder() async throws {
        try surgery.write("licence;societe\n0042817K;Lefèvre\nA1830574;Béraud\n", to: "register.csv")
        let check = try #require(await surgery.examine().first { $0.name == "register" })
        #expect(check.verdict == .ok)
        #expect(check.text.english.contains("2 licenses"))
    }

    @Test("the register of the sample is in order")
    func sample() async throws {
        surgery.settings.licenses.register =
            "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/config/register.csv"
        let check = try #require(await surgery.examine().first { $0.name == "register" })
        #expect(check.verdict == .ok)
        #expect(check.text.english.contains("12 licenses"))
    }

    @Test("a register that is absent, or broken, is a fault with what is wrong")
    func broken() async throws {
        #expect(try await surgery.complaint().verdict == .fault)
        try surgery.write("licence;societe\n0042817K;Lefèvre;one too many\n", to: "register.csv")
        let check = try await surgery.complaint()
        #expect(check.verdict == .fault)
        #expect(check.text.english.contains("line 2"))
        surgery.settings.licenses.register = surgery.folder
        #expect(try await surgery.complaint().text.english.contains("not a file"))
    }

    @Test("an empty register, unknown columns and licenses the rules refuse are warned of")
    func odd() async throws {
        try surgery.write("licence;societe\n", to: "register.csv")
        #expect(try await surgery.complaint().verdict == .warning)
        try surgery.write("licence;couleur\n0042817K;bleu\n", to: "register.csv")
        #expect(try await surgery.complaint().text.english.contains("couleur"))
        surgery.settings.licenses.pattern = "^[0-9]{8}$"
        try surgery.write("licence;societe\n0042817K;Lefèvre\n12345678;Béraud\n", to: "register.csv")
        #expect(try await surgery.complaint().text.english.contains("1, one of them 0042817K"))
    }

    @Test("without a register, what becomes of reports is said")
    func none() async throws {
        surgery.settings.licenses.register = nil
        #expect(await surgery.examine().allSatisfy { $0.verdict == .ok })
        surgery.settings.licenses.noRegister = .hold
        #expect(try await surgery.complaint().text.english.contains("\"hold\""))
    }
}
