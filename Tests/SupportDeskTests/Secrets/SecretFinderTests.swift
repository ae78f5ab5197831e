import Foundation
import SupportDesk
import TestSupport
import Testing

@Suite("Secrets in what people write")
struct SecretFinderTests {
    @Test(
        "each is found and replaced by what it was, in both languages",
        arguments: [
            // Keys and codes that unlock the software, serial numbers.
            ("Clé de débridage : A1B2C3D4E5F60718", "Clé de débridage : [clé de débridage masquée]"),
            ("Voici la clé A1B2C3D4E5F60718.", "Voici la clé [clé de débridage masquée]."),
            ("(9F00A1B2C3D4E5F6)", "([clé de débridage masquée])"),
            ("Clé : A1B2 C3D4 E5F6 0718 merci", "Clé : [clé de débridage masquée] merci"),
            ("on m'a donné A1B2 C3D4 E5F6 0718", "on m'a donné [clé de débridage masquée]"),
            ("clé de débridage a1b2c3d4e5f60718", "clé de débridage [clé de débridage masquée]"),
            ("CLE DE DEBRIDAGE:\nA1B2C3D4 E5F60718", "CLE DE DEBRIDAGE:\n[clé de débridage masquée]"),
            ("unlock key: 0000a1b2c3d4e5f6", "unlock key: [clé de débridage masquée]"),
            ("Code de débridage : AB12-CD34-EF56-GH78", "Code de débridage : [code de débridage masqué]"),
            ("Le code AB12-CD34-EF56-GH78 ne passe pas", "Le code [code de débridage masqué] ne passe pas"),
            ("débridage : 12-abc-7-x9", "débridage : [code de débridage masqué]"),
            ("code AB12–CD34–EF56–GH78", "code [code de débridage masqué]"),
            (
                "N° de série : 3F2504E0-4F89-11D3-9A0C-0305E82C3301",
                "N° de série : [numéro de série masqué]"
            ),
            ("série {3F2504E0-4F89-11D3-9A0C-0305E82C3301}", "série {[numéro de série masqué]}"),
            ("serial number 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "serial number [numéro de série masqué]"),
            ("numéro de série 3F2504E04F8911D39A0C0305E82C3301", "numéro de série [numéro de série masqué]"),
            ("on m'a donné DEADBEEFCAFE1234", "on m'a donné [clé de débridage masquée]"),
            ("voici ABCD-1234-EFGH-5678", "voici [code de débridage masqué]"),
            ("et ABCDE-12345-FGHIJ-67890-KLMNO.", "et [code de débridage masqué]."),
            ("Code de débridage : ABCDE-12345-FGHIJ-67890-KLMNO", "Code de débridage : [code de débridage masqué]"),
            // Passwords.
            (#"mdp="Soleil92\" puis"#, #"mdp="[mot de passe masqué]" puis"#),
            ("PWD => azerty", "PWD => [mot de passe masqué]"),
            (#""password" => "x y","#, #""password" => "[mot de passe masqué]","#),
            ("pwd := azerty", "pwd := [mot de passe masqué]"),
            (#"password = "a\"b c" suite"#, #"password = "[mot de passe masqué]" suite"#),
            ("mot de passe : Soleil92!", "mot de passe : [mot de passe masqué]"),
            ("Mot de passe\u{A0}: soleil", "Mot de passe\u{A0}: [mot de passe masqué]"),
            ("mdp=azerty;base=x", "mdp=[mot de passe masqué];base=x"),
            ("MDP : azerty merci", "MDP : [mot de passe masqué]"),
            ("mdp Soleil92 pour sa", "mdp [mot de passe masqué] pour sa"),
            ("le mot de passe est Soleil92.", "le mot de passe est [mot de passe masqué]."),
            (
                "Mot de passe de l'utilisateur sa : Gestimum2026",
                "Mot de passe de l'utilisateur sa : [mot de passe masqué]"
            ),
            ("mot_de_passe=\"a b;c\" suite", "mot_de_passe=\"[mot de passe masqué]\" suite"),
            ("Mot de passe :\nSoleil92\n", "Mot de passe :\n[mot de passe masqué]\n"),
            (
                "Server=srv;User ID=sa;Password=x;Trusted=no",
                "Server=srv;User ID=sa;Password=[mot de passe masqué];Trusted=no"
            ),
            ("pwd='x y' /quiet", "pwd='[mot de passe masqué]' /quiet"),
            (#"{"password": "abc", "n": 1}"#, #"{"password": "[mot de passe masqué]", "n": 1}"#),
            ("<password>secret</password>", "<password>[mot de passe masqué]</password>"),
            ("smtpPassword=abc", "smtpPassword=[mot de passe masqué]"),
            ("DB_PASSWORD=abc", "DB_PASSWORD=[mot de passe masqué]"),
            ("login / mdp : sa / Soleil92", "login / mdp : [mot de passe masqué]"),
            ("ftp://jean:secret@ftp.exemple.fr/x", "ftp://jean:[mot de passe masqué]@ftp.exemple.fr/x"),
            ("mot de passe : cœurs\u{301}é", "mot de passe : [mot de passe masqué]"),
            ("code PIN : 4821", "code PIN : [mot de passe masqué]"),
            // Remote control.
            ("TeamViewer : 123 456 789", "TeamViewer : [code de télémaintenance masqué]"),
            (
                "TeamViewer ID 1 234 567 890 mdp abc123",
                "TeamViewer ID [code de télémaintenance masqué] mdp [mot de passe masqué]"
            ),
            (
                "Prise en main (AnyDesk)\nID : 123456789\nmot de passe : 4821",
                "Prise en main (AnyDesk)\nID : [code de télémaintenance masqué]\nmot de passe : [mot de passe masqué]"
            ),
            (
                "TeamViewer 987 654 321 / k7m2p9",
                "TeamViewer [code de télémaintenance masqué] / [code de télémaintenance masqué]"
            ),
            ("Assistance rapide, code 482 915", "Assistance rapide, code [code de télémaintenance masqué]"),
            // Accounts.
            ("FR76 3000 6000 0112 3456 7890 189", "[IBAN FR76 … 189 masqué]"),
            ("IBAN:FR7630006000011234567890189.", "IBAN:[IBAN FR76 … 189 masqué]."),
            ("fr76 3000 6000 0112 3456 7890 189", "[IBAN FR76 … 189 masqué]"),
            ("FR76\u{202F}3000\u{202F}6000\u{A0}0112\u{A0}3456\u{A0}7890\u{A0}189", "[IBAN FR76 … 189 masqué]"),
            ("virement DE89-3704-0044-0532-0130-00", "virement [IBAN DE89 … 000 masqué]"),
            ("IBAN FR76 3000 6000\n0112 3456 7890 189", "IBAN [IBAN FR76 … 189 masqué]"),
            ("GB82 WEST 1234 5698 7654 32", "[IBAN GB82 … 432 masqué]"),
            ("４２４２ ４２４２ ４２４２ ４２４２", "[carte … 4242 masquée]"),
            ("CB 4242 4242 4242 4242 exp 12/28", "CB [carte … 4242 masquée] exp 12/28"),
            ("CB 4111.1111.1111.1111.", "CB [carte … 1111 masquée]."),
            ("5555555555554444", "[carte … 4444 masquée]"),
            ("3782 822463 10005", "[carte … 0005 masquée]"),
        ])
    func found(_ text: String, _ masked: String) {
        #expect(text.masked(in: .french) == masked)
        // Once masked, nothing is left to be found, and the hint is not taken for a secret.
        #expect(masked.masked(in: .french) == masked)
        let english = text.masked(in: .english)
        #expect(english.masked(in: .english) == english)
        #expect(english.contains("masked]") && !english.contains("masqu"))
    }

    @Test("several of them, in their order, with the text between as it was")
    func several() {
        let text = "À : clé A1B2C3D4E5F60718, mdp : été42, IBAN FR76 3000 6000 0112 3456 7890 189 — fin œ"
        #expect(
            text.masked(in: .english)
                == "À : clé [unlock key masked], mdp : [password masked], IBAN [IBAN FR76 … 189 masked] — fin œ")
        #expect(text.masked == "À : clé ****, mdp : ****, IBAN **** — fin œ")
    }

    @Test("in sentences of this program shapes alone count")
    func shapes() {
        let sentence = Bilingual(fr: "password: refusez FR7630006000011234567890189", en: "password: A1B2C3D4E5F60718")
        #expect(sentence.masked.french == "password: refusez [IBAN FR76 … 189 masqué]")
        #expect(sentence.masked.english == "password: [unlock key masked]")
    }

    @Test(
        "an IBAN or a card whose check does not fit is another number",
        arguments: [
            "FR76 3000 6000 0112 3456 7890 188", "DE89 3704 0044 0532 0130 01", "4242 4242 4242 4241",
            "ZZ76 3000 6000 0112",
        ])
    func checks(_ text: String) {
        #expect(text.masked == text)
    }

    @Test("no single wrong digit of an IBAN or a card passes")
    func everyDigit() {
        for number in ["FR7630006000011234567890189", "4242424242424242"] {
            for (index, digit) in number.enumerated() where digit.isNumber {
                var other = Array(number)
                other[index] = digit == "9" ? "0" : Character("\((digit.wholeNumberValue ?? 0) + 1)")
                #expect(String(other).masked == String(other))
            }
        }
    }

    /// Beginnings of secrets and labels, again and again.
    private static let pieces = [
        "mdp:le'", "mdp ", "mdp:", "mot de passe ", "password=", "FR76 ", "FR76", "4242 ", "4242", "A1B2-", "A1B2 ",
        "://a:", "TeamViewer ", "TeamViewer 123 456 789 ", "code ", "\"", "[", "\u{301}", "\n", "clé ", "é:", "a",
        "1",
        "3F2504E0-", "mdp:\n", "mdp=\"", "login/mdp:a/", "n° de série ", "-", " ", "０",
    ]

    @Test("texts made of nothing but beginnings end all the same", arguments: pieces)
    func repeated(_ piece: String) {
        check(String(repeating: piece, count: 20_000 / piece.utf8.count))
    }

    @Test(
        "texts of many megabytes take no longer than their length: a walk that looked back would take days",
        .timeLimit(.minutes(10)),
        .enabled(
            if: ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] != nil, "takes minutes: set ASSISTD_TORTURE=1"),
        arguments: pieces)
    func linear(_ piece: String) {
        check(String(repeating: piece, count: 3_000_000 / piece.utf8.count))
    }

    private func check(_ text: String) {
        let places = SecretFinder.secrets(in: text).map(\.place)
        #expect(zip(places, places.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        #expect(places.last.map { $0.upperBound <= text.utf8.count } ?? true)
    }

    @Test("whatever the text, places lie in it, one behind the other, between characters", arguments: 0..<60)
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "mot de passe", " : ", "=", "é", "\u{301}", "４", "A1B2C3D4E5F60718", "FR7630006000011234567890189", "-",
            "\n",
            "TeamViewer", " 123 456 789", "4242 4242 4242 4242", "\"", "[", "masqué]", "\u{202F}", "x", "://u:p@h", "🔑",
        ]
        let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let secrets = SecretFinder.secrets(in: text)
        var last = 0
        for secret in secrets {
            #expect(secret.place.lowerBound >= last && !secret.place.isEmpty)
            last = secret.place.upperBound
        }
        #expect(last <= text.utf8.count)
        #expect(!text.masked(in: .french).unicodeScalars.contains("\u{FFFD}"))
    }
}
