import Glibc

/// A picture in grey, as many points as there will be dots: 0 for black to 1 for paper.
struct Tones {
    let columns: Int
    let rows: Int
    private(set) var values: [Float] = []

    /// - Parameter values: row by row.
    init(columns: Int, rows: Int, values: [Float]) {
        self.columns = columns
        self.rows = rows
        self.values = values
    }

    /// Each point is the mean of what it covers of a picture, taken of light and not of its codes.
    init(_ picture: DecodedPicture, columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        values.reserveCapacity(columns * rows)
        let across = Coverage(picture.width, onto: columns)
        let down = Coverage(picture.height, onto: rows)
        var light = [Float](repeating: 0, count: picture.width)
        var narrowed = (row: -1, values: [Float](repeating: 0, count: columns))
        for y in 0..<rows {
            var sum = [Float](repeating: 0, count: columns)
            for source in down.sources(of: y) {
                if narrowed.row != source {
                    Self.lighten(picture.row(source), channels: picture.channels, into: &light)
                    across.means(of: light, into: &narrowed.values)
                    narrowed.row = source
                }
                let weight = down.weight(of: source, in: y)
                for x in 0..<columns { sum[x] += weight * narrowed.values[x] }
            }
            for x in 0..<columns { values.append(Self.printed(sum[x])) }
        }
    }

    // MARK: Light

    /// sRGB's curve (IEC 61966-2-1).
    private static let curve: [Float] = (0...255).map {
        let code = Float($0) / 255
        return code <= 0.04045 ? code / 12.92 : powf((code + 0.055) / 1.055, 2.4)
    }

    /// How much light comes from each pixel, on white paper.
    private static func lighten(_ row: UnsafeBufferPointer<UInt8>, channels: Int, into light: inout [Float]) {
        curve.withUnsafeBufferPointer { curve in
            light.withUnsafeMutableBufferPointer { light in
                for x in 0..<light.count {
                    let at = x * channels
                    let opacity = channels == 4 ? Int(row[at + 3]) : 255
                    func code(_ channel: Int) -> Int { 255 - (255 - Int(row[at + channel])) * opacity / 255 }
                    // Rec. ITU-R BT.709.
                    light[x] = 0.2126 * curve[code(0)] + 0.7152 * curve[code(1)] + 0.0722 * curve[code(2)]
                }
            }
        }
    }

    /// Dots come out larger than they are, so a tone gets more paper than its light says; and what is nearly white or
    /// nearly black is so on paper: lone dots cost time on the line and look like dirt.
    private static func printed(_ light: Float) -> Float {
        let tone = powf(max(0, light), 1 / 1.8)
        return tone > 0.93 ? 1 : tone < 0.05 ? 0 : tone
    }
}

/// Which of some things lie beneath each of others, when both cover the same length.
private struct Coverage {
    private let ratio: Double
    private let count: Int

    init(_ count: Int, onto targets: Int) {
        self.count = count
        ratio = Double(count) / Double(targets)
    }

    func sources(of target: Int) -> Range<Int> {
        let start = min(Int(Double(target) * ratio), count - 1)
        return start..<max(start + 1, min(count, Int((Double(target + 1) * ratio).rounded(.up))))
    }

    /// What part of the target the source covers.
    func weight(of source: Int, in target: Int) -> Float {
        let start = max(Double(source), Double(target) * ratio)
        let end = min(Double(source + 1), Double(target + 1) * ratio)
        return Float(max(0, end - start) / ratio)
    }

    func means(of values: [Float], into means: inout [Float]) {
        values.withUnsafeBufferPointer { values in
            for target in means.indices {
                var sum: Float = 0
                for source in sources(of: target) { sum += values[source] * weight(of: source, in: target) }
                means[target] = sum
            }
        }
    }
}
