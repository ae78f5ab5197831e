extension Unicode.Scalar {
    /// The ASCII letters and digits that NFKC makes of this compatibility form; nil for every other scalar.
    ///
    /// The standard library has no NFKC, and all of Foundation would be a high price for it: this covers every
    /// form of a single letter or digit, and the Roman and circled numbers. What it leaves out (units such as `㎏`)
    /// is no part of a licence number and stays, so that the pattern refuses it.
    var plainForm: String? {
        switch value {
        case ..<0xAA: return nil
        case 0xFF01...0xFF5E: return Unicode.Scalar(value - 0xFEE0).map(String.init)
        case 0x1D7CE...0x1D7FF: return String((value - 0x1D7CE) % 10)
        case 0x1FBF0...0x1FBF9: return String(value - 0x1FBF0)
        case 0x1D400...0x1D6A3: return Self.letter((value - 0x1D400) % 52)
        case 0x24B6...0x24E9: return Self.letter(value - 0x24B6)
        case 0x1F130...0x1F149: return Self.letter(value - 0x1F130)
        case 0x2460...0x2473: return String(value - 0x245F)
        case 0x2160...0x217F: return Self.romanNumbers[Int(value - 0x2160) % 16]
        default: return Self.singles[value]
        }
    }

    private static func letter(_ index: UInt32) -> String? {
        Unicode.Scalar(index < 26 ? 0x41 + index : 0x61 + index - 26).map(String.init)
    }

    private static let romanNumbers = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M",
    ]

    /// Runs of forms that follow each other, from UnicodeData.txt.
    private static let singles: [UInt32: String] = {
        let runs: [(UInt32, String)] = [
            (0xAA, "a"), (0xB2, "23"), (0xB9, "1o"), (0x17F, "s"), (0x2B0, "h"), (0x2B2, "jr"), (0x2B7, "wy"),
            (0x2E1, "lsx"), (0x1D2C, "A"), (0x1D2E, "B"), (0x1D30, "DE"), (0x1D33, "GHIJKLMN"), (0x1D3C, "O"),
            (0x1D3E, "PRTUWa"), (0x1D47, "bde"), (0x1D4D, "g"), (0x1D4F, "km"), (0x1D52, "o"), (0x1D56, "ptu"),
            (0x1D5B, "v"), (0x1D62, "iruv"), (0x1D9C, "c"), (0x1DA0, "f"), (0x1DBB, "z"), (0x2070, "0i"),
            (0x2074, "456789"), (0x207F, "n0123456789"), (0x2090, "aeox"), (0x2095, "hklmnpst"), (0x2102, "C"),
            (0x210A, "gHHHh"), (0x2110, "IILl"), (0x2115, "N"), (0x2119, "PQRRR"), (0x2124, "Z"), (0x2128, "Z"),
            (0x212A, "K"), (0x212C, "BC"), (0x212F, "eEF"), (0x2133, "Mo"), (0x2139, "i"), (0x2145, "Ddeij"),
            (0x24EA, "0"), (0x2C7C, "jV"), (0xA7F2, "CFQ"), (0x107A5, "q"), (0x1F12B, "CR"),
        ]
        var table: [UInt32: String] = [:]
        for (start, letters) in runs {
            for (offset, letter) in letters.enumerated() { table[start + UInt32(offset)] = String(letter) }
        }
        return table
    }()
}
