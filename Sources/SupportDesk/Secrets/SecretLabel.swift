/// The words after which a secret stands, as people and programs write them in French and English.
enum SecretLabel: Sendable {
    case password
    /// Also a word of other meanings: it announces a password only right before a colon or an equals sign.
    case perhapsPassword
    /// A key or a code that unlocks the software.
    case unlocking
    case serialNumber
    /// A program for remote control.
    case remoteControl
    /// In what is said of remote control.
    case session

    /// The label that begins at an index, and where it ends.
    ///
    /// Case and accents do not matter; where it has a blank, up to two signs may stand (`mot_de_passe`, `n° de série`).
    static func at(_ index: Int, in symbols: [UInt8]) -> (label: SecretLabel, end: Int)? {
        for (words, label) in byFirstLetter[Int(symbols[index].lowercased)] {
            if let end = end(of: words, at: index, in: symbols) { return (label, end) }
        }
        return nil
    }

    private static func end(of words: [UInt8], at index: Int, in symbols: [UInt8]) -> Int? {
        var place = index
        for letter in words {
            if letter == 0x20 {
                var gap = 0
                while gap < 2, place < symbols.count, isGap(symbols[place]) { (gap, place) = (gap + 1, place + 1) }
            } else {
                guard place < symbols.count, symbols[place].lowercased == letter else { return nil }
                place += 1
            }
        }
        return place < symbols.count && symbols[place].isWordSymbol ? nil : place
    }

    private static func isGap(_ symbol: UInt8) -> Bool {
        " _-.'".utf8.contains(symbol) || symbol == PlainSymbols.otherSign
    }

    /// What the name of a variable ends in, such as `smtpPassword`.
    static let nameEndings = ["password", "passwd", "motdepasse", "pwd", "mdp"].map { Array($0.utf8) }

    private static let byFirstLetter: [[([UInt8], SecretLabel)]] = {
        let labels: [(SecretLabel, [String])] = [
            (
                .password,
                [
                    "mot de passe", "mots de passe", "mdp", "password", "passwords", "passwd", "passphrase", "passcode",
                    "pwd", "code secret", "code confidentiel", "code pin",
                ]
            ),
            (.perhapsPassword, ["pass", "passe", "pin", "pw"]),
            (
                .unlocking,
                [
                    "debridage", "cle", "clef", "cles", "clefs", "cle d activation", "code d activation", "key",
                    "unlock key", "unlock code", "unlocking key", "unlocking code", "activation key",
                    "activation code",
                ]
            ),
            (
                .serialNumber,
                [
                    "numero de serie", "numeros de serie", "n de serie", "no de serie", "serial number", "serial no",
                    "serial",
                ]
            ),
            (
                .remoteControl,
                [
                    "teamviewer", "anydesk", "rustdesk", "quicksupport", "quick support", "quick assist",
                    "assistance rapide", "g en ligne", "prise en main", "prise de main", "telemaintenance",
                    "remote control", "remote access", "supremo", "g web",
                ]
            ),
            (.session, ["code", "codes", "code de session", "session code", "code d acces", "access code"]),
        ]
        var table = [[([UInt8], SecretLabel)]](repeating: [], count: 256)
        for (label, names) in labels {
            for name in names {
                guard let first = name.utf8.first else { continue }
                table[Int(first)].append((Array(name.utf8), label))
            }
        }
        // The longest that fits counts: "code pin" before "code".
        return table.map { $0.sorted { $0.0.count > $1.0.count } }
    }()
}
