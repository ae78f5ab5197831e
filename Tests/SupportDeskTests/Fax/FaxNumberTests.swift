import SupportDesk
import Testing

@Suite("Numbers to fax to")
struct FaxNumberTests {
    private func refusal(_ written: String) -> FaxNumber.Refusal? {
        do throws(FaxNumber.Refusal) {
            _ = try FaxNumber(written)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "an ordinary number is taken however it is written",
        arguments: [
            ("+33130417781", "+33130417781"), ("+33 1 30 41 77 81", "+33130417781"), ("0130417781", "+33130417781"),
            ("01.30.41.77.81", "+33130417781"), ("0033130417781", "+33130417781"),
            ("+33 (0)1 30 41 77 81", "+33130417781"),
            ("0262 12 34 56", "+262262123456"), ("+33 9 72 12 34 56", "+33972123456"),
            ("+32 2 123 45 67", "+3221234567"),
            ("0805 12 34 56", "+33805123456"), ("+44 20 7946 0018", "+442079460018"),
        ])
    func accepted(_ written: String, _ e164: String) throws {
        let number = try FaxNumber(written)
        #expect(number.e164 == e164)
        #expect("+" + number.digits == e164)
    }

    @Test("people read it in groups")
    func description() throws {
        #expect("\(try FaxNumber("+33130417781"))" == "+33 1 30 41 77 81")
        #expect("\(try FaxNumber("+3221234567"))" == "+3221234567")
    }

    @Test(
        "what is dear, or nobody's fax, is not dialled",
        arguments: [
            ("+33 8 10 12 34 56", "surtaxé", "premium"), ("+33820123456", "surtaxé", "premium"),
            ("0892123456", "surtaxé", "premium"), ("+33836123456", "surtaxés", "premium"),
            ("+1 900 555 0100", "surtaxé", "premium"), ("+44 909 879 0000", "surtaxé", "premium"),
            ("+4990012345", "surtaxé", "premium"), ("+3290212345", "surtaxé", "premium"),
            ("+41900123456", "surtaxé", "premium"), ("+97912345678", "surtaxé", "premium"),
            ("+8816 1234 5678", "satellite", "satellite"), ("+870771234567", "satellite", "satellite"),
            ("+88212345678", "satellite", "satellite"),
            ("0612345678", "mobile", "mobile"), ("+33 7 12 34 56 78", "mobile", "mobile"),
        ])
    func costly(_ written: String, _ french: String, _ english: String) {
        let refusal = refusal(written)
        guard case .costly(let number, _) = refusal else {
            Issue.record("\(written): \(String(describing: refusal))")
            return
        }
        #expect(number.hasPrefix("+"))
        let words = refusal?.explanation
        #expect(words?.french.contains(french) == true && words?.french.contains(number) == true)
        #expect(words?.english.contains(english) == true && words?.english.contains(number) == true)
        #expect(words?.french.contains("numéro ordinaire") == true)
        #expect(words?.english.contains("ordinary number") == true)
    }

    @Test(
        "short numbers, emergency numbers and what is no number are told from a full one",
        arguments: [
            "112", "15", "3912", "36 99", "118218", "", "fax", "+33 1 30 41", "+33 1 30 41 77 81 9", "+0130417781",
        ])
    func malformed(_ written: String) {
        #expect(refusal(written) == .malformed(written))
        let words = refusal(written)?.explanation
        #expect(words?.french.contains("+33130417781") == true && words?.french.contains("« \(written) »") == true)
        #expect(words?.english.contains("+33130417781") == true && words?.english.contains("“\(written)”") == true)
    }

    @Test("what was written cannot play tricks in the refusal")
    func hostile() {
        let words = refusal("\u{1B}[2J\u{202E}1")?.explanation
        #expect(words?.french.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" } == false)
    }
}

@Suite("How a number is dialled")
struct DialPlanTests {
    @Test(
        "from where the line is",
        arguments: [
            // From France, and from where nothing is known.
            (nil, "+33130417781", "0130417781"), ("+33139000000", "+33130417781", "0130417781"),
            ("+33139000000", "+262262123456", "0262123456"), ("+33139000000", "+596596123456", "0596123456"),
            ("+33139000000", "+508411234", "0508411234"), ("+33139000000", "+508508411234", "0508411234"),
            ("+33139000000", "+3221234567", "003221234567"),
            // From overseas.
            ("+262262999999", "+33130417781", "0130417781"), ("+262262999999", "+262262123456", "0262123456"),
            ("+590590999999", "+594594123456", "0594123456"), ("+262262999999", "+3221234567", "003221234567"),
            // From Belgium and Spain, which have other trunks.
            ("+3229999999", "+3221234567", "021234567"), ("+3229999999", "+33130417781", "0033130417781"),
            ("+34919999999", "+34911234567", "911234567"), ("+34919999999", "+262262123456", "00262262123456"),
            ("+390699999999", "+390612345678", "0612345678"),
            // A country without a plan here has everything dialled in full.
            ("+81399999999", "+81312345678", "0081312345678"), ("+81399999999", "+33130417781", "0033130417781"),
        ] as [(String?, String, String)])
    func plan(_ own: String?, _ number: String, _ dialled: String) throws {
        let plan = DialPlan(ownNumber: own)
        #expect(plan.dialled(try FaxNumber(number)) == dialled)
        #expect(plan.national(try FaxNumber(number)) == dialled)
    }

    @Test("an outside line comes first, and only where it is dialled")
    func prefix() throws {
        let plan = DialPlan(ownNumber: "+33139000000", prefix: "0,")
        #expect(plan.dialled(try FaxNumber("+33130417781")) == "0,0130417781")
        #expect(plan.national(try FaxNumber("+33130417781")) == "0130417781")
        #expect(plan.dialled(try FaxNumber("+3221234567")) == "0,003221234567")
    }
}
