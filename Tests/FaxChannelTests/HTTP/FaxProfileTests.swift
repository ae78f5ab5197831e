import Configuration
import Foundation
import SupportDesk
import Testing

@Suite("Profiles of fax services")
struct FaxProfileTests {
    private func profile(_ text: String) throws -> FaxProfile {
        try FaxProfile(text, name: "test", file: "/etc/assistd/fax/test.toml")
    }

    private static let least = """
        [submit]
        path = "/faxes"
        job = "id"

        """

    @Test("What is built in and what is shipped are the same", arguments: ["interfax", "sinch"])
    func shipped(name: String) throws {
        let root = "\(#filePath)".split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let shipped = try String(contentsOfFile: root + "/config/fax/\(name).toml", encoding: .utf8)
        #expect(FaxProfile.builtIn[name] == shipped)
        let profile = try FaxProfile(file: root + "/config/fax/\(name).toml")
        #expect(profile.name == name)
        #expect(profile.poll?.states["QUEUED"] == nil || name == "sinch")
    }

    @Test("InterFAX: a number below zero is under way, zero delivered, the rest only as far as it is known")
    func interfax() throws {
        let profile = try profile(try #require(FaxProfile.builtIn["interfax"]))
        let states = try #require(profile.poll?.states)
        #expect(states["-3"]?.kind == nil && states["-3"] != nil)
        #expect(states["-22"]?.words == "no credit left, held for a day")
        #expect(states["0"]?.kind == .delivered)
        #expect(states["263"]?.kind == .notSent(.busy))
        #expect(states["205000"]?.kind == .refused(.credit))
        #expect(states["3931"]?.kind == .uncertain(.unclear))
        #expect(states["hello"] == nil)
        #expect(profile.find?.tag == "subject")
    }

    @Test("The most exact pattern counts")
    func patterns() throws {
        let profile = try profile(
            Self.least + """
                [poll]
                path = "/faxes/{job}"
                state = "status"
                [poll.states]
                "F*" = "uncertain"
                "FAIL*" = "refused:number no such number"
                "FAILURE" = "not_sent:line"
                "<10" = "sending"
                ">9" = "delivered"
                """)
        let states = try #require(profile.poll?.states)
        #expect(states["F"]?.kind == .uncertain(.unclear))
        #expect(states["FAILED/1"]?.kind == .refused(.number))
        #expect(states["FAILED/1"]?.words == "no such number")
        #expect(states["FAILURE"]?.kind == .notSent(.line))
        #expect(states["10"]?.kind == .delivered)
        #expect(states["9"]?.kind == nil && states["9"] != nil)
        #expect(states["1e3"] == nil)
    }

    @Test(
        "What is wrong is said with its key and line",
        arguments: [
            ("[submit]\npath = \"/x\"\n", "submit.job", 1, "missing"),
            ("[submit]\njob = \"id\"\n", "submit.path", 1, "missing"),
            (least + "metod = \"GET\"\n", "submit.metod", 4, "method"),
            (least + "method = \"FETCH\"\n", "submit.method", 4, "GET"),
            (least + "body = \"multipart\"\n", "submit.parts", 1, "missing"),
            (least + "body = \"json\"\n", "submit.json", 1, "missing"),
            (least + "query = { to = \"{nummer}\" }\n", "submit.query", 4, "{nummer}"),
            (least + "query = { key = \"{secret}\" }\n", "submit.query", 4, "{secret}"),
            (least + "headers = { X = \"a\\nb\" }\n", "submit.headers", 4, "single line"),
            (least + "[cancel]\npath = \"/x?y={job}\"\n", "cancel.path", 5, "query"),
            (least + "[find]\npath = \"/x\"\n", "find.tag", 4, "missing"),
            (least + "[poll]\npath = \"/x\"\nstate = \"s\"\n", "poll.states", 4, "missing"),
            (
                least + "[poll]\npath = \"/x\"\nstate = \"s\"\n[poll.states]\n\"0\" = \"done\"\n", "poll.states", 7,
                "delivered"
            ),
            (
                least + "[poll]\npath = \"/x\"\nstate = \"s\"\n[poll.states]\n\"<x\" = \"sending\"\n", "poll.states", 7,
                "number"
            ),
            (
                least
                    + "[poll]\npath = \"/x\"\nstate = \"s\"\nstates = { \"<5\" = \"sending\", \">1\" = \"relayed\" }\n",
                "poll.states", 7, "overlap"
            ),
            (least + "[polll]\npath = \"/x\"\n", "polll", 4, "[poll]"),
            (least + "[service]\nauthentication = \"digest\"\n", "service.authentication", 5, "basic"),
            ("[submit\n", "", 1, "TOML"),
        ])
    func wrong(text: String, key: String, line: Int, words: String) throws {
        let fault = #expect(throws: ConfigurationFault.self) { try profile(text) }
        let problem = try #require(fault?.problems.first)
        #expect(problem.key == key)
        #expect(problem.line == line)
        #expect(problem.words.english.contains(words), "\(problem.words.english)")
        #expect(fault?.explanation.french.hasPrefix("/etc/assistd/fax/test.toml:\(line)") == true)
    }

    @Test("A file that is not there is said so")
    func absent() throws {
        let fault = #expect(throws: ConfigurationFault.self) { try FaxProfile(file: "/nonexistent/x.toml") }
        #expect(fault?.code == .absent)
    }
}
