import SupportDesk
import TestSupport
import Testing

@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(
        "however a French number is written, it is shown and compared in one way",
        arguments: [
            "+33 1 30 41 77 81", "+33130417781", "0033130417781", "00 33 1 30 41 77 81", "01 30 41 77 81",
            "01.30.41.77.81", "0130417781", "+33 (0)1 30 41 77 81", "+33 (0) 1.30.41.77.81", "0033 (0)130417781",
            "+33 01 30 41 77 81", "01-30-41-77-81", " 01\u{A0}30\u{202F}41\t77 81 ", "(01) 30 41 77 81",
        ])
    func french(_ written: String) throws {
        let number = try #require(PhoneNumber(written))
        #expect(number.e164 == "+33130417781")
        #expect(number.display == "+33 1 30 41 77 81")
        #expect(number == PhoneNumber("+33 1 30 41 77 81"))
        #expect(Set([number, try #require(PhoneNumber("0130417781"))]).count == 1)
    }

    @Test(
        "numbers of the overseas departments have their own country codes",
        arguments: [
            ("0262 12 34 56", "+262 262 12 34 56"), ("0692123456", "+262 692 12 34 56"),
            ("0639 12 34 56", "+262 639 12 34 56"), ("0596 12 34 56", "+596 596 12 34 56"),
            ("0590123456", "+590 590 12 34 56"), ("06 94 12 34 56", "+594 694 12 34 56"),
            ("+596 696 12 34 56", "+596 696 12 34 56"), ("0696 12 34 56", "+596 696 12 34 56"),
            ("06 12 34 56 78", "+33 6 12 34 56 78"),
        ])
    func overseas(_ written: String, _ display: String) throws {
        let number = try #require(PhoneNumber(written))
        #expect(number.display == display)
        #expect(number.e164 == display.filter { $0 != " " })
    }

    @Test(
        "other countries keep their blanks",
        arguments: [
            ("+44 20 7946 0958", "+442079460958", "+44 20 7946 0958"),
            ("0044 20 7946 0958", "+442079460958", "0044 20 7946 0958"),
            ("+32 (0)2 555 12 12", "+3225551212", "+32 (0)2 555 12 12"),
            ("+1 (202) 555-0123", "+12025550123", "+1 (202) 555-0123"),
        ])
    func foreign(_ written: String, _ e164: String, _ display: String) throws {
        let number = try #require(PhoneNumber(written))
        #expect(number.e164 == e164)
        #expect(number.display == display)
    }

    @Test(
        "what works only inside stays as it is written",
        arguments: [
            "112", "3912", "36 99", "30 41 77 81", "+33 1 30 41 77", "+33 1 30 41 77 811", "+33 0 30 41 77 81",
            "1130417781", "0012",
        ])
    func unknown(_ written: String) throws {
        let number = try #require(PhoneNumber(written))
        #expect(number.e164 == nil)
        #expect(number.display == written)
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "", " ", "12", "+12", "appelez-nous", "01 30 41 77 8l", "01 30 41 77 81\n", "01 30\r\n41", "0130+417781",
            "++33130417781", "01/30/41/77/81", "٠١٣٠٤١٧٧٨١", "0\u{301}130417781", "\u{202E}0130417781", "01\u{0}30",
            String(repeating: "1", count: 21), "01 30 41 77 81;ext=5",
        ])
    func refused(_ written: String) {
        let number = PhoneNumber(written)
        // A line end at an end is a blank like any other.
        #expect(written.last == "\n" ? number?.e164 == "+33130417781" : number == nil)
    }

    @Test("words in the place of a number are kept, harmlessly")
    func words() {
        let number = PhoneNumber(asWritten: " sur demande\u{1B}[31m\n")
        #expect(number.e164 == nil)
        #expect(number.display == "sur demande\u{FFFD}[31m")
        #expect(PhoneNumber(asWritten: "0130417781").display == "+33 1 30 41 77 81")
    }

    @Test("what is shown reads as the same number", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let prefix = ["", "+", "00", "0", "+33", "+33 (0)"].randomElement(using: &random) ?? ""
        let digits = (0..<Int.random(in: 3...13, using: &random)).map { _ in
            String(Int.random(in: 0...9, using: &random))
        }
        let written = prefix + digits.joined(separator: [" ", ".", ""].randomElement(using: &random) ?? "")
        guard let number = PhoneNumber(written) else { return }
        #expect(PhoneNumber(number.display) == number)
        if let e164 = number.e164 { #expect(PhoneNumber(e164) == number) }
    }
}
