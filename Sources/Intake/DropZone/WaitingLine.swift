/// The complete names that wait to be read. Pure.
///
/// They are taken owner by owner in turn, each owner's in the order they came: whoever dropped a great many waits
/// behind themselves, not ahead of others.
struct WaitingLine {
    private var names: [UInt32: ArraySlice<[UInt8]>] = [:]
    /// The owners who have something in the line, the next one first.
    private var owners: ArraySlice<UInt32> = []
    /// Once in the line is enough: read twice in a batch, a file would be admitted twice. True for what was renamed
    /// into place.
    private var inLine: [[UInt8]: Bool] = [:]

    var isEmpty: Bool { inLine.isEmpty }

    func contains(_ name: [UInt8]) -> Bool { inLine[name] != nil }

    mutating func append(_ name: [UInt8], of owner: UInt32, wasMovedIn: Bool) {
        guard inLine.updateValue(wasMovedIn, forKey: name) == nil else { return }
        if names[owner] == nil { owners.append(owner) }
        names[owner, default: []].append(name)
    }

    /// The next name, and whether it was renamed into place.
    mutating func next() -> (name: [UInt8], wasMovedIn: Bool)? {
        while let owner = owners.popFirst() {
            defer {
                if names[owner]?.isEmpty == false { owners.append(owner) } else { names[owner] = nil }
            }
            while let name = names[owner]?.popFirst() {
                // What was removed meanwhile only kept its place.
                if let wasMovedIn = inLine.removeValue(forKey: name) { return (name, wasMovedIn) }
            }
        }
        return nil
    }

    mutating func remove(_ name: [UInt8]) {
        inLine[name] = nil
    }
}
