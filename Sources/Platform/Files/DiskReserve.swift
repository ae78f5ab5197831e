package import SupportDesk

/// Space that taking in leaves free: attempts, outcomes and receipts of what is queued still have to be written.
/// Pure: it is told what is left.
package struct DiskReserve: Hashable, Sendable {
    /// Bytes; 0 keeps nothing back.
    package var bytes: Int
    /// Bytes of the largest report that may come.
    package var largest: Int

    package init(bytes: Int, largest: Int) {
        self.bytes = bytes
        self.largest = largest
    }

    /// What a byte of a report may take: encoded for mail, in the write-ahead log, and once more in the database.
    private static let growth = 3
    /// Files that must be left to make, for messages, receipts and reasons.
    package static let files = 1000

    /// What must be left before anything is taken in: then the largest report leaves the reserve.
    package var needed: Int { bytes + Self.growth * largest }

    /// Too little is left.
    package struct Shortage: Explained, Hashable {
        package var folder: String
        package var room: FileSystemRoom
        package var needed: Int

        package var explanation: Bilingual {
            let left = room.bytes / 1_000_000
            let wanted = (needed + 999_999) / 1_000_000
            if room.bytes >= needed, let files = room.files {
                return Bilingual(
                    fr: "\(folder) : on ne peut plus y créer que \(files) fichiers (inodes), il en faut "
                        + "\(DiskReserve.files) ; \(Self.meaning.french) Supprimez des fichiers (df -i \(folder)) : "
                        + Self.healing.french,
                    en: "\(folder): only \(files) more files can be made there (inodes), \(DiskReserve.files) are "
                        + "needed; \(Self.meaning.english) Remove files (df -i \(folder)): " + Self.healing.english)
            }
            return Bilingual(
                fr: "\(folder) : il ne reste que \(left) Mo, il en faut \(wanted) (spool.reserve, et trois fois "
                    + "spool.max_size) ; \(Self.meaning.french) Libérez de la place (df -h \(folder)) : "
                    + Self.healing.french,
                en: "\(folder): only \(left) MB left, \(wanted) are needed (spool.reserve, and three times "
                    + "spool.max_size); \(Self.meaning.english) Free some space (df -h \(folder)): "
                    + Self.healing.english)
        }

        private static let meaning = Bilingual(
            fr: "les rapports restent où ils sont, ce qui est en file continue de partir.",
            en: "reports stay where they are, what is queued goes on.")
        private static let healing = Bilingual(
            fr: "la prise en charge reprend d'elle-même.", en: "they are taken in again by themselves.")
    }

    /// How many bytes may be taken in before the next look; the last report may go beyond by all it has.
    ///
    /// - Parameters:
    ///   - rooms: the file systems that taking in writes to, each with a folder on it.
    ///   - underWay: bytes that are being taken in and may not be written yet.
    ///   - wasShort: whether the last look found too little; a little more is wanted then, so that it is not said
    ///     again and again.
    package func allowance(
        in rooms: [(folder: String, room: FileSystemRoom)], underWay: Int = 0, wasShort: Bool = false
    ) throws(Shortage) -> Int {
        guard bytes > 0 else { return .max }
        var allowance = Int.max
        let needed = needed + (wasShort ? bytes / 10 : 0)
        let files = UInt64(Self.files + (wasShort ? Self.files / 10 : 0))
        for (folder, room) in rooms {
            let left = Int(min(room.bytes, UInt64(Int.max))) - Self.growth * underWay
            guard left >= needed, room.files.map({ $0 >= files }) ?? true else {
                throw Shortage(folder: folder, room: room, needed: needed)
            }
            allowance = min(allowance, (left - self.needed) / Self.growth)
        }
        return allowance
    }
}
