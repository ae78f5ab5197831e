/// A version of the software, as in `8.4.2 build 860 (27/11/2019)` or `9.4 build 1124 bêta`.
///
/// Not `Comparable`: a version without its build is neither older nor newer than the same one with a build, so that
/// versions have no total order and sorting them would depend on where it began. `isOlder(than:)` says what can be
/// said.
package struct ProductVersion: Sendable {
    /// As they are written: `9.5.0` keeps its zero, though it is the same version as `9.5`. Never empty.
    package let numbers: [Int]
    package let build: Int?
    /// Made for trying out, not for production.
    package let isBeta: Bool
    package let released: CalendarDate?

    package init(numbers: [Int], build: Int? = nil, isBeta: Bool = false, released: CalendarDate? = nil) {
        self.numbers = numbers.isEmpty ? [0] : numbers
        self.build = build
        self.isBeta = isBeta
        self.released = released
    }

    /// Reads a version as people write it: case, accents, blanks and brackets are free, `v` or `version` and the
    /// name of the product may stand in front, `build` may be `b`, the decimal sign may be a comma.
    ///
    /// - Returns: nil where there is no version, or anything besides one (`9.4 or 9.5`).
    package init?(_ written: String) {
        guard let reading = VersionReading(written) else { return nil }
        self = reading.version
    }

    /// Whether it is surely older: by its numbers, else by its build where both have one, else as the beta of a
    /// release. The day of the release decides nothing, it goes with the build.
    package func isOlder(than other: ProductVersion) -> Bool {
        let (mine, others) = (significant, other.significant)
        if mine != others { return mine.lexicographicallyPrecedes(others) }
        if let build, let otherBuild = other.build, build != otherBuild { return build < otherBuild }
        return isBeta && !other.isBeta
    }

    /// In sentences: days are written as each language does.
    package var name: Bilingual {
        var plain = numbers.map(String.init).joined(separator: ".")
        if let build { plain += " build \(build)" }
        let day = released?.written
        return Bilingual(
            fr: plain + (isBeta ? " bêta" : "") + (day.map { " (\($0.french))" } ?? ""),
            en: plain + (isBeta ? " beta" : "") + (day.map { " (\($0.english))" } ?? ""))
    }

    /// Without the zeros at the end, which change nothing.
    private var significant: ArraySlice<Int> {
        var rest = numbers[...]
        while rest.count > 1, rest.last == 0 { rest.removeLast() }
        return rest
    }
}

extension ProductVersion: Hashable {
    /// 9, 9.0 and 9.0.0 are the same; with and without a build are not.
    package static func == (left: ProductVersion, right: ProductVersion) -> Bool {
        left.significant == right.significant && left.build == right.build && left.isBeta == right.isBeta
            && left.released == right.released
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(significant)
        hasher.combine(build)
        hasher.combine(isBeta)
        hasher.combine(released)
    }
}

extension ProductVersion: CustomStringConvertible {
    /// As the software's own list of versions has it: `9.4 build 1124 bêta (30/06/2021)`.
    package var description: String { name.french }
}
