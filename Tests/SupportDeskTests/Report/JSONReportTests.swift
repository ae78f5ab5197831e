import SupportDesk
import Testing

@Suite("JSON reports")
struct JSONReportTests {
    @Test("the names of the header block, in both languages")
    func names() throws {
        let french = try parseJSON(
            """
            {"licence": "00012344", "OBJET": "Écran figé", "société": "Dupont", "contact": "Jean", "courriel": "a@b.fr",
             "te\u{301}le\u{301}phone": "01", "partenaire": "P", "produit": "G", "module": "M", "version": "9.5",
             "priorité": "haute", "canal": "fax", "rappel": "demain", "référence": "R1", "pièce-jointe": "a.png",
             "description": "Ligne 1\\r\\nLigne 2\\rLigne 3"}
            """)
        let english = try parseJSON(
            """
            {"License": "00012344", "subject": "Écran figé", "company": "Dupont", "contact": "Jean", "email": "a@b.fr",
             "phone": "01", "partner": "P", "product": "G", "module": "M", "version": "9.5",
             "priority": "high", "channel": "fax", "callback": "demain", "reference": "R1", "attachments": ["a.png"],
             "body": "Ligne 1\\nLigne 2\\nLigne 3"}
            """)
        #expect(french.description == "Ligne 1\nLigne 2\nLigne 3")
        #expect(french.details.email == "a@b.fr")
        #expect(french.priority == .high)
        #expect(french.channel == .fax)
        #expect(french.attachmentNames == ["a.png"])
        #expect(english.language == .english)
        var same = english
        same.language = .french
        #expect(same == french)
    }

    @Test("the body by any of its names", arguments: ["description", "corps", "body", "message", "texte", "Text"])
    func body(name: String) throws {
        #expect(try parseJSON(#"{"licence":"1234","\#(name)":"ça plante"}"#).description == "ça plante")
    }

    @Test("escapes are understood")
    func escapes() throws {
        let report = try parseJSON(#"{"licence":"12\u00334","description":"\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00é😀"}"#)
        #expect(report.license == "1234")
        #expect(report.description == "\"\\/\u{8}\u{C}\n\n\té😀é😀")
    }

    @Test("numbers stay as they are written, but for the licence they are refused")
    func numbers() throws {
        #expect(try parseJSON(#"{"licence":"1234","version":9.10,"body":"x"}"#).details.version == "9.10")
        let rejection = refused { () throws(Rejection) in try parseJSON(#"{"licence":1234,"body":"x"}"#) }
        #expect(rejection?.code == .badField)
        #expect(rejection?.mentions("1234") == false)
    }

    @Test("what is unknown travels along, whatever its form, on one line")
    func unknown() throws {
        let report = try parseJSON(
            #"{"licence":"1234","body":"x","to":"evil@x.fr","ctx": { "a" : [ 1, -2.5e3 , {} ,"b c"], "n": null },"ok":true,"trace":"l1\nl2","nil":null}"#
        )
        #expect(
            report.details.others == [
                .init(name: "to", value: "evil@x.fr"),
                .init(name: "ctx", value: #"{"a":[1,-2.5e3,{},"b c"],"n":null}"#),
                .init(name: "ok", value: "true"), .init(name: "trace", value: #""l1\nl2""#),
            ])
    }

    @Test("attachments inside, beside, one or many")
    func attachments() throws {
        let report = try parseJSON(
            #"{"licence":"1234","body":"x","attachments":["a.png",{"name":"b.txt","content":"w6l0w6k=","type":"text/plain"},{"nom":"c.txt"}],"pj":{"name":"d","content":""}}"#
        )
        #expect(report.attachmentNames == ["a.png", "c.txt"])
        #expect(
            report.attachments == [
                Attachment(name: "b.txt", content: Array("été".utf8)), Attachment(name: "d", content: []),
            ])
    }

    @Test(
        "every refusal has its code",
        arguments: [
            ("", Reason.Code.empty), (" \n", .empty), ("[]", .malformed), ("\"x\"", .malformed), ("{", .malformed),
            (#"{"licence":"1234","body":"x"} {}"#, .malformed), (#"{"licence":"1234","body":"x",}"#, .malformed),
            (#"{licence:"1234"}"#, .malformed), (#"{"licence":"1234" "body":"x"}"#, .malformed),
            (#"{"licence":"12"#, .malformed), (#"{"licence":"12\x"}"#, .malformed),
            (#"{"licence":"\u12"}"#, .malformed),
            (#"{"licence":"\ud800x"}"#, .malformed), (#"{"licence":"\ud800\u0041"}"#, .malformed),
            ("{\"licence\":\"12\n34\"}", .malformed), (#"{"licence":00012}"#, .badField),
            (#"{"version":00012}"#, .malformed), (#"{"version":1.}"#, .malformed), (#"{"x":tru}"#, .malformed),
            (#"{"x":[1,]}"#, .malformed), (#"{"x":NaN}"#, .malformed),
            ("{\"x\":" + String(repeating: "[", count: 100_000), .malformed),
            (#"{"body":"x"}"#, .licenseMissing), (#"{"licence":null,"body":"x"}"#, .licenseMissing),
            (#"{"licence":"1234"}"#, .missingBody), (#"{"licence":"1234","body":" \n"}"#, .missingBody),
            (#"{"licence":"1234","LICENSE":"1235","body":"x"}"#, .duplicateField),
            (#"{"licence":"1234","body":"x","corps":"y"}"#, .duplicateField),
            (#"{"licence":"1234","x":1,"X":2,"body":"x"}"#, .duplicateField),
            (#"{"licence":true,"body":"x"}"#, .badField), (#"{"licence":["1"],"body":"x"}"#, .badField),
            (#"{"licence":"1234","body":["x"]}"#, .badField), (#"{"licence":"1234","body":12}"#, .badField),
            (#"{"licence":"1234","canal":"pigeon","body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":12,"body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":[[]],"body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":{"content":"AA=="},"body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":{"name":"a","content":"A"},"body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":{"name":"a","content":1},"body":"x"}"#, .badField),
            (#"{"licence":"1234","pj":{"name":"a.exe","content":""},"body":"x"}"#, .unsafeAttachment),
            (#"{"licence":"1234","pj":{"name":"a.txt","content":"f0VMRg=="},"body":"x"}"#, .unsafeAttachment),
            (#"{"licence":"1234","pj":"../a","body":"x"}"#, .unsafeAttachment),
            (#"{"licence":"1234","subject":"a\r\nBcc: evil@x.fr","body":"x"}"#, .unsafeHeader),
            (#"{"licence":"1234\n","subject":"a","body":"x"}"#, .unsafeHeader),
            (#"{"licence":"1234","a\nb":"a","body":"x"}"#, .unsafeHeader),
            (#"{"licence":"1234","body":"a\u0000b"}"#, .binary), (#"{"licence":"1234","body":"a\u0001b"}"#, .binary),
        ])
    func codes(text: String, code: Reason.Code) {
        #expect(refused { () throws(Rejection) in try parseJSON(text) }?.code == code)
    }

    @Test("a fault has its line and column")
    func place() throws {
        let rejection = try #require(
            refused { () throws(Rejection) in try parseJSON("{\r\n \"licence\": \"été\", x\n}") })
        #expect(rejection.explanation.english.contains("line 2, column 20"))
        #expect(rejection.explanation.french.contains("ligne 2, colonne 20"))
    }

    @Test("a duplicate names both lines")
    func duplicate() throws {
        let rejection = try #require(
            refused { () throws(Rejection) in try parseJSON("{\n\"objet\":\"a\",\n\n\"sujet\":\"b\"}") })
        #expect(rejection.explanation.english.contains("lines 2 and 4"))
    }

    @Test("limits")
    func limits() {
        var limits = ReportLimits()
        limits.fields = 2
        limits.header = 20
        limits.attachments = 1
        limits.total = 90
        #expect(throws: Never.self) {
            try parseJSON(#"{"licence":"1234","body":"a text longer than the header"}"#, limits: limits)
        }
        for text in [
            #"{"licence":"1234","a":1,"body":"x"}"#, #"{"licence":"1234567890abcdefghij"}"#,
            #"{"pj":["a","b"]}"#, #"{"pj":[{"name":"a","content":""},{"name":"b","content":""}]}"#,
            String(repeating: " ", count: 91),
        ] {
            #expect(
                refused { () throws(Rejection) in try parseJSON(text, limits: limits) }?.code == .tooLarge, "\(text)")
        }
    }
}
