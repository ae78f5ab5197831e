/// The name somebody probably meant.
///
/// - Returns: nil where none is near enough to be worth proposing.
func nearestName(to written: String, among known: some Sequence<String>) -> String? {
    let wanted = simplified(written)
    var best: (name: String, distance: Int)?
    for name in known {
        let candidate = simplified(name)
        var distance = editDistance(wanted, candidate)
        // `max_connections` for `connections`, `passwordfile` for `password_file`.
        if min(wanted.count, candidate.count) >= 4, contains(wanted, candidate) || contains(candidate, wanted) {
            distance = min(distance, 2)
        }
        if distance < best?.distance ?? .max { best = (name, distance) }
    }
    guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
    return best.name
}

/// Case and separators are not what makes two names different.
private func simplified(_ name: String) -> [UInt8] {
    name.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
}

private func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
}

/// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for i in 1...left.count {
        var current = [i] + [Int](repeating: 0, count: right.count)
        for j in 1...right.count {
            let same = left[i - 1] == right[j - 1]
            current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1))
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                current[j] = min(current[j], before[j - 2] + 1)
            }
        }
        (before, previous) = (previous, current)
    }
    return previous[right.count]
}
