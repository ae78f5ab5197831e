/// An A4 page and its regions, in points from its upper left corner.
enum Sheet {
    static func millimeters(_ count: Double) -> Double { count * 72 / 25.4 }

    /// Whole dots of a fax machine across and down in both resolutions, so that a picture's dots fall on the machine's:
    /// A4 within a tenth of a millimeter. A hair less, since programs that draw PDF files round what is more up.
    static let width = 1687.0 * 72 / 204 - 0.0001
    static let height = 1146.0 * 72 / 98 - 0.0001

    static let left = millimeters(18)
    static let right = width - left
    static var textWidth: Double { right - left }

    /// Above it fax servers print their own line: 10 mm are theirs.
    static let runningTop = millimeters(10.5)
    static let runningRule = millimeters(16.2)
    static let top = millimeters(21)
    static let bottom = height - millimeters(16)

    /// Thinner ones break up at 98 dots an inch.
    static let thinRule = millimeters(0.35)
    static let thickRule = millimeters(0.7)
    /// Between a box and the text in it.
    static let padding = millimeters(2.5)

    /// Between a picture and its name.
    static let pictureGap = millimeters(3)
    /// Between the last lines, which say that more is missing, and what stands above them.
    static let endGap = millimeters(4)
    /// What is left between two lines of a picture's name and three that say that more is missing.
    static let pictureHeight =
        bottom - top - 2 * TextStyle.heading.pitch - pictureGap - 3 * TextStyle.strong.pitch - endGap
}

/// How a piece of text looks. Nothing is smaller than 11 points: smaller letters break up in standard resolution.
struct TextStyle {
    /// Points.
    var size: Double
    var isBold = false
    /// From one baseline to the next, in points.
    var pitch: Double

    static let title = TextStyle(size: 18, isBold: true, pitch: 24)
    static let heading = TextStyle(size: 12, isBold: true, pitch: 16)
    static let strong = TextStyle(size: 11, isBold: true, pitch: 15)
    static let body = TextStyle(size: 11, pitch: 15)
}
