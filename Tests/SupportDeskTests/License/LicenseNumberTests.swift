import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import SupportDesk

@Suite("Licence numbers")
struct LicenseNumberTests {
    @Test(
        "what is written comes down to one form",
        arguments: [
            ("00012344", "00012344"), ("ab12cd", "AB12CD"), (" 0001 2344 ", "00012344"), ("0001.2344", "00012344"),
            ("0001-2344", "00012344"), ("0001\u{A0}23\u{202F}44\t", "00012344"), ("0001\u{2013}2344", "00012344"),
            ("0001\u{2011}2344", "00012344"), ("0001\u{2014}2344", "00012344"), ("0001\u{2212}2344", "00012344"),
            ("0001\u{AD}2344", "00012344"), ("n°12344", "12344"), ("N° 12344", "12344"), ("Nº12344", "12344"),
            ("№ 12344", "12344"), ("N ° : 12344", "12344"), ("no. 12344", "12344"), ("No. 12\u{A0}344", "12344"),
            ("numéro 12344", "12344"), ("Nume\u{301}ro : 12344", "12344"), ("NUMERO 12344", "12344"),
            ("ＮＵＭＥＲＯ 12344", "12344"), ("N.U.M.E.R.O 12344", "12344"), ("numero", ""),
            ("NO1234", "NO1234"), ("no 1234", "NO1234"), ("N1234", "N1234"), ("NUMERIC1", "NUMERIC1"),
            ("１２３４ＡＢｃ", "1234ABC"), ("①②\u{1D7D8}\u{1D400}²", "120A2"), ("Ⅻ", "XII"), ("straße1", "STRASSE1"),
            ("É1234", "É1234"), ("n°", ""), (" .-. ", ""), ("", ""),
        ])
    func normalised(written: String, expected: String) {
        #expect(LicenseNumber.normalised(written) == expected)
        #expect(LicenseNumber.normalised(LicenseNumber.normalised(written)) == expected)
    }

    @Test("single letters and digits in all their forms are those of NFKC")
    func compatibility() {
        var differing: [String] = []
        for value in UInt32(0x80)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
            let form = String(scalar).precomposedStringWithCompatibilityMapping
            let isSingle = form.utf8.count == 1 && form.utf8.allSatisfy(\.isLetterOrDigit)
            let plain = form.uppercased()
            if isSingle, scalar.plainForm?.uppercased() != plain {
                differing.append("U+\(String(value, radix: 16)) is \(plain)")
            }
            // Nor is anything made up.
            if let mine = scalar.plainForm?.uppercased(), mine != plain {
                differing.append("U+\(String(value, radix: 16)) no \(mine)")
            }
        }
        #expect(differing == [])
    }

    @Test(
        "secrets are known by their shape",
        arguments: [
            ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", LicenseNumber.Secret.serialNumber),
            ("{3f2504e0-4f89-11d3-9a0c-0305e82c3301}", .serialNumber),
            ("3F2504E04F8911D39A0C0305E82C3301", .serialNumber),
            ("3F2504E0\u{2013}4F89\u{2013}11D3\u{2013}9A0C\u{2013}0305E82C3301", .serialNumber),
            ("A1B2C3D4E5F60718", .unlockKey), ("a1b2 c3d4 e5f6 0718", .unlockKey), ("n° A1B2C3D4E5F60718", .unlockKey),
            ("1234567890123456", .unlockKey), ("A1B2C3D4-E5F60718", .unlockKey),
            ("ABCD-EFGH-1JKL-MN0P", .unlockCode), ("abc - def - ghi - jk1", .unlockCode), ("1-2-3-4", .unlockCode),
            ("A1B2-C3D4-E5F6-0718", .unlockCode), ("ABCD\u{2013}EFGH\u{2014}1JKL-MN0P", .unlockCode),
            ("Ａ1Ｂ2C3D4E5F60718", .unlockKey),
        ])
    func secrets(written: String, secret: LicenseNumber.Secret) throws {
        #expect(LicenseNumber(written).secret == secret)
        #expect(LicenseNumber.masked(written) == "****")
        let rejection = try #require(refused { () throws(Rejection) in try LicenseRules().check(written) })
        #expect(rejection.code == .badLicense)
        let names = [
            LicenseNumber.Secret.serialNumber: "numéro de série", .unlockKey: "clé de débridage",
            .unlockCode: "code de débridage",
        ]
        #expect(rejection.explanation.french.contains(names[secret] ?? "?"))
        for text in [rejection.explanation.french, rejection.explanation.english] {
            #expect(!text.contains(written) && !text.contains(LicenseNumber.normalised(written)))
        }
    }

    @Test(
        "a number is no secret",
        arguments: ["0001-2344", "AB-12-34", "1-2-3-4-5", "GHIJKLMNOPQRST12", "A1B2C3D4E5F6071"])
    func numbers(written: String) {
        #expect(LicenseNumber(written).secret == nil)
    }

    @Test("what is nearly a secret is not stored either")
    func nearly() {
        #expect(LicenseNumber.masked("A1B2C3D4E5F6071") == "****")
        #expect(LicenseNumber.masked("A1B2C3D4E5F60718A") == "****")
        #expect(LicenseNumber.masked("ABCD-EFGH-IJKL-MNOP-QRST-UVWX") == "****")
        #expect(LicenseNumber.masked("n° 0001-2344") == "00012344")
        #expect(LicenseNumber.masked("") == "")
    }

    @Test("blanks, dots and dashes anywhere change nothing", arguments: 0..<100)
    func noise(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let noise = [" ", ".", "\u{A0}", "\u{202F}", "\u{2009}", "\t", "\u{200B}"]
        let number = String((0..<10).map { _ in "0123456789GHJK".randomElement(using: &random) ?? "0" }) + "7"
        var written = Bool.random(using: &random) ? "n°" : ""
        for character in number {
            written += Bool.random(using: &random) ? noise.randomElement(using: &random) ?? "" : ""
            written += Bool.random(using: &random) ? String(character).lowercased() : String(character)
        }
        #expect(try LicenseRules().check(written) == number)
    }
}
