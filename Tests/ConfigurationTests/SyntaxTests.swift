import Configuration
import SupportDesk
import Testing

@Suite struct SyntaxTests {
    @Test("what is no TOML is refused with its line")
    func syntax() {
        #expect(problems("[smtp]\nurl = smtp://x\n")[0].hasPrefix("assistd.toml:2: this is not correct TOML"))
        #expect(problems("[smtp]\nurl = smtp://x\n", in: .french)[0].contains("entre guillemets"))
        #expect(problems("[smtp]\nfrom = \"a@b\"\nfrom = \"a@b\"\n")[0].hasPrefix("assistd.toml:3: "))
        #expect(problems("[smtp\n")[0].hasPrefix("assistd.toml:1: "))
    }

    @Test("nothing after a null character is lost in silence", arguments: ["\0", "\"a\\u0000b\"", "\"\\U00000000\""])
    func nullCharacter(value: String) {
        #expect(problems(required + "hello = " + value)[0].hasPrefix("assistd.toml:4: a null character"))
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
