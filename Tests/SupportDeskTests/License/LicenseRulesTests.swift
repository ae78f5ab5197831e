import SupportDesk
import Testing

@Suite("Licence rules")
struct LicenseRulesTests {
    private func code(_ written: String, _ rules: LicenseRules) -> Reason.Code? {
        refused { () throws(Rejection) in try rules.check(written) }?.code
    }

    @Test("the default wants 4 to 20 letters and digits with a digit")
    func standard() throws {
        let rules = LicenseRules()
        #expect(try rules.check("a b c 1") == "ABC1")
        #expect(code("12345678901234567890", rules) == nil)
        for bad in ["ABC", "123", "ABCD", "123456789012345678901", "AB/12", "É1234", "АВ12", "12345\n;6", "١٢٣٤"] {
            #expect(code(bad, rules) == .badLicense, "\(bad)")
        }
        for missing in ["", " ", "n°", "--"] { #expect(code(missing, rules) == .licenseMissing) }
    }

    @Test("the hand-written check agrees with the expression it stands for")
    func agrees() {
        let standard = LicenseRules()
        var expression = LicenseRules()
        expression.pattern = "(?:\(LicenseRules.defaultPattern))"
        for text in ["ABC1", "ABCD", "123", "1234", "12345678901234567890", "123456789012345678901", "É123", "AB_1"] {
            #expect(code(text, standard) == code(text, expression), "\(text)")
        }
    }

    @Test("a configured pattern covers the whole number, and its words name it")
    func configured() throws {
        var rules = LicenseRules()
        rules.pattern = "[A-Z]{2}[0-9]{6}"
        #expect(try rules.check("ab 123-456") == "AB123456")
        #expect(code("AB1234567", rules) == .badLicense)
        #expect(code("XAB123456", rules) == .badLicense)
        #expect(refused { () throws(Rejection) in try rules.check("1") }?.mentions("[A-Z]{2}[0-9]{6}") == true)
        #expect(rules.validate() == nil)
    }

    @Test("a pattern that takes for ever is not asked about long values")
    func exponential() {
        var rules = LicenseRules()
        rules.pattern = "(A|AA)+B"
        #expect(code(String(repeating: "A", count: 5000), rules) == .badLicense)
    }

    @Test("a broken pattern is a fault of the configuration and lets nothing through", arguments: ["[A-", "(A", "*"])
    func broken(pattern: String) throws {
        var rules = LicenseRules()
        rules.pattern = pattern
        let fault = try #require(rules.validate())
        #expect(fault.french.contains(pattern) && fault.english.contains(pattern))
        #expect(code("1234", rules) == .badLicense)
        #expect(rules == rules)
        #expect(rules != LicenseRules())
    }

    @Test(
        "Luhn",
        arguments: [
            ("79927398713", true), ("79927398710", false), ("US0378331005", true), ("US0378331006", false),
            ("1234567890A", false),
        ])
    func luhn(number: String, isRight: Bool) {
        var rules = LicenseRules()
        rules.checkDigit = .luhn
        #expect((code(number, rules) == nil) == isRight)
    }

    @Test(
        "mod 97",
        arguments: [
            ("79444", true), ("79491", false), ("79400", false), ("GB82WEST12345698765432", false),
            ("WEST12345698765432GB82", true),
        ])
    func mod97(number: String, isRight: Bool) {
        var rules = LicenseRules()
        rules.pattern = "[A-Z0-9]{4,30}"
        rules.checkDigit = .mod97
        #expect((code(number, rules) == nil) == isRight)
    }

    @Test("a check digit finds every single wrong digit", arguments: [LicenseRules.CheckDigit.luhn, .mod97])
    func singleDigits(kind: LicenseRules.CheckDigit) throws {
        var rules = LicenseRules()
        rules.checkDigit = kind
        let right = try #require(
            (0...99).map { "48151623" + ($0 < 10 ? "0\($0)" : "\($0)") }.first { code($0, rules) == nil })
        for place in right.indices {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong.replaceSubrange(place...place, with: String(digit))
                #expect(code(wrong, rules) == .badLicense, "\(wrong)")
            }
        }
    }
}
