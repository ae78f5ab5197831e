import SupportDesk

extension Duration {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// Reads `200ms`, `90s`, `5m`, `4h` and `30d`; nil for anything else.
    package init?(configured text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits),
            let unit = Self.units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// As the configuration writes it, in the largest unit that leaves a whole number.
    package var configured: String {
        let milliseconds = wholeMilliseconds
        guard milliseconds != 0, let unit = Self.units.last(where: { milliseconds % $0.milliseconds == 0 }) else {
            return "\(milliseconds)ms"
        }
        return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
    }
}

private let sizeUnits = [
    ("B", 1), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
    ("GiB", 1 << 30),
]

/// Reads `25MB`, `64 KB`, `2GiB`, `1000`: bytes; nil for anything else.
func byteCount(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let suffix = text.dropFirst(digits.count).drop { $0 == " " }
    guard let count = Int(digits) else { return nil }
    guard !suffix.isEmpty else { return count }
    guard let (_, unit) = sizeUnits.first(where: { $0.0.lowercased() == suffix.lowercased() }) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
    return overflow ? nil : bytes
}

/// As the configuration writes a size, in the largest decimal unit that leaves a whole number.
func written(bytes: Int) -> String {
    guard bytes != 0, let (suffix, unit) = sizeUnits[..<4].last(where: { bytes % $0.1 == 0 }) else { return "\(bytes)" }
    return "\(bytes / unit)\(suffix)"
}
