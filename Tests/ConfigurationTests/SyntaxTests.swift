import Configuration
import SupportDesk
import Testing

@Suite struct SyntaxTests {
    @Test("what is no TOML is refused with its line")
    func syntax() {
        #expect(problems("[smtp]\nurl = 08\n")[0].hasPrefix("assistd.toml:2: this is not correct TOML"))
        #expect(problems("[smtp]\nfrom = \"a@b\"\nfrom = \"a@b\"\n")[0].hasPrefix("assistd.toml:3: "))
        #expect(problems("[smtp\n")[0].hasPrefix("assistd.toml:1: "))
    }

    @Test("nothing after a null character is lost in silence", arguments: ["\0", "\"a\\u0000b\"", "\"\\U00000000\""])
    func nullCharacter(value: String) {
        #expect(problems(required + "hello = " + value)[0].hasPrefix("assistd.toml:4: a null character"))
    }

    @Test(
        "a bracket without a name does not end the program",
        arguments: ["[&", "[é]", "[[[a]]]", "[", "[ ", "[[=", "[.a]"])
    func namelessSection(line: String) {
        #expect(problems("\n" + line)[0].hasPrefix("assistd.toml:2: "))
        #expect(problems("\u{FEFF}" + line + "\n")[0].hasPrefix("assistd.toml:1: "))
        #expect(problems("\"a\\\"b\" = [\"\"\"a\"\"\"\", '''a''''', '[']\n" + line)[0].hasPrefix("assistd.toml:2: "))
    }

    @Test(
        "a text without quotation marks is told to have some",
        arguments: [
            "smtp://x:587", "smtp", "5m", "09:30:00", "2026-11-23T", "2026-11-23 0", "2026-1-1", "“x”", "\"x\" y",
            "yes",
            "\"a\" \"b\"", "1 [2]", "é",
        ])
    func missingQuotes(value: String) {
        #expect(problems("[smtp]\nurl = \(value)\n")[0].hasPrefix("assistd.toml:2: this value is neither"))
        #expect(problems("[smtp]\nurl = \(value)\n", in: .french)[0].contains("entre guillemets droits"))
    }

    @Test(
        "a value that is missing is asked for",
        arguments: [
            "", " # none", "[}", "]", "}", ",", "[,", "[1,,2]", "= 1", "{ a = }", "{ a = , }", "[ 1 }", "{ a = 1 ]",
        ])
    func missingValue(value: String) {
        #expect(problems("[smtp]\nurl = \(value)\n")[0].hasPrefix("assistd.toml:2: a value is missing"))
    }

    @Test(
        "values of every form of TOML come as far as their key",
        arguments: [
            "1_000", "+1", "-0.5e-3", "0xFF", "inf", "-nan", "2026-11-23", "[]", "[ 1, 2, ]", "[[1], [\"a\", 'b]']]",
            "{}", "{ a = 1, b.c = [ { d = \"}\" } ], \"e f\" = true }", "[ # one\n 1, # two ]\n\n 2\n]",
            "\"\"\"a\n]\"\"\"",
            "\"\\\"]\"", "\"\"", "''", "\"\"\"\"\"\"", #"[ """\#na\"""b""", 1 ]"#, "true# yes", "\t1\t",
        ])
    func everyForm(value: String) throws {
        let text = required + "colour = \(value)\n[log]\nlevel = 1\n"
        let found = problems(text)
        try #require(found.count == 2, "\(found)")
        #expect(found[0].hasPrefix("assistd.toml:4: smtp.colour: unknown key"))
        let last = text.utf8.count { $0 == 0x0A }
        #expect(found[1].hasPrefix("assistd.toml:\(last): log.level: "))
    }

    @Test("a byte order mark and CRLF are no trouble")
    func windowsFile() throws {
        let text = "\u{FEFF}" + required.replacing("\n", with: "\r\n") + "[log]\r\nlevel = \"debug\"\r\n"
        #expect(try parsed(text).settings.log.level == .debug)
        #expect(problems(text + "colour = true\r\n")[0].hasPrefix("assistd.toml:6: log.colour:"))
    }

    @Test("the line is right behind texts and lists of several lines, comments, and keys of every form")
    func lines() {
        let all = problems(
            #"""
            [fax]
            mail.body = """
            [smtp]
            url = "no key" """
            "max_pages" = 1000 # a comment with [ and """
            command.submit = [ # the first
              "/usr/bin/fax", '[', # ]
            ]
            [ fax . "hylafax" ]
            port = 0
            smtp = "here = [unknown]"
            [log]
            level = 'loud \'
            format = '''
            xml'''
            """#)
        #expect(
            all.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") } == [
                "assistd.toml:5 fax.max_pages", "assistd.toml:10 fax.hylafax.port", "assistd.toml:11 fax.hylafax.smtp",
                "assistd.toml:13 log.level", "assistd.toml:14 log.format", "assistd.toml smtp.from",
                "assistd.toml smtp.url",
            ])
    }

    @Test("a key of an inline table gets the line of the table")
    func inlineTable() {
        #expect(problems("\nsmtp = { url = 3, from = \"a@b\" }")[0].hasPrefix("assistd.toml:2: smtp.url: "))
    }
}
