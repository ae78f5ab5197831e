extension LicenseRules.CheckDigit {
    /// Whether a normalised number carries the right check digit. Anything but A to Z and 0 to 9 never does.
    func agrees(_ number: String) -> Bool {
        guard self != .none else { return true }
        var digits: [Int] = []
        for byte in number.utf8 {
            switch byte {
            case 0x30...0x39: digits.append(Int(byte - 0x30))
            case 0x41...0x5A:
                let value = Int(byte - 0x41) + 10
                digits += [value / 10, value % 10]
            default: return false
            }
        }
        // The check digit itself is never a letter.
        guard let last = number.utf8.last, last.isDigit, digits.count >= 2 else { return false }
        switch self {
        case .none: return true
        case .luhn:
            var sum = 0
            for (place, digit) in digits.reversed().enumerated() {
                let weighted = place % 2 == 0 ? digit : digit * 2
                sum += weighted > 9 ? weighted - 9 : weighted
            }
            return sum % 10 == 0
        case .mod97:
            guard number.utf8.dropLast().last?.isDigit == true else { return false }
            return digits.reduce(0) { ($0 * 10 + $1) % 97 } == 1
        }
    }
}
