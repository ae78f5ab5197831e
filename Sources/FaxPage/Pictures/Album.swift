import SupportDesk

/// The pictures of a document, in dots.
struct Album {
    private(set) var pictures: [(name: String, dots: Dots)] = []
    /// The names of those that nothing could be made of.
    private(set) var unreadable: [String] = []
    /// Whether there are more than there can be pages for; those were not looked at.
    private(set) var isCut = false

    init(_ files: [FaxDocument.Picture], most: Int, isFine: Bool) {
        for file in files {
            guard pictures.count < most else {
                isCut = true
                return
            }
            if let content = file.file, let picture = DecodedPicture(content) {
                let size = PictureSize(width: picture.width, height: picture.height, isFine: isFine)
                let tones = Tones(picture, columns: size.columns, rows: size.rows)
                pictures.append((file.name, Dots(dithering: tones, isFine: isFine)))
            } else {
                unreadable.append(file.name)
            }
        }
    }
}

/// How many dots a picture gets: as many as fit, but never many for one of its own.
struct PictureSize {
    /// Dots an inch.
    static let across = 204.0
    /// A pixel is at most two dots wide: half as large again as on most screens.
    private static let mostEnlarged = 2.0

    let columns: Int
    let rows: Int

    static func down(isFine: Bool) -> Double { isFine ? 196 : 98 }

    init(width: Int, height: Int, isFine: Bool) {
        // Counted in dots across, as if there were as many down.
        let room = (
            width: Sheet.textWidth / 72 * Self.across,
            height: Sheet.pictureHeight / 72 * Self.across
        )
        let scale = min(room.width / Double(width), room.height / Double(height), Self.mostEnlarged)
        columns = max(1, Int(Double(width) * scale))
        rows = max(1, Int(Double(height) * scale * Self.down(isFine: isFine) / Self.across))
    }
}
