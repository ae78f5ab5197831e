/// A picture in black and nothing.
struct Dots: Hashable {
    let columns: Int
    let rows: Int
    /// Whether there are 196 rows an inch, or 98.
    let isFine: Bool
    /// Row by row; true is black.
    private(set) var isBlack: [Bool]

    /// Floyd and Steinberg's error diffusion, there and back so that no grain runs one way.
    init(dithering tones: Tones, isFine: Bool) {
        columns = tones.columns
        rows = tones.rows
        self.isFine = isFine
        isBlack = [Bool](repeating: false, count: columns * rows)
        // One place more at either end, for what would fall off.
        var here = [Float](repeating: 0, count: columns + 2)
        var below = here
        for y in 0..<rows {
            let step = y.isMultiple(of: 2) ? 1 : -1
            var x = step > 0 ? 0 : columns - 1
            for _ in 0..<columns {
                let wanted = tones.values[y * columns + x] + here[x + 1]
                let isPaper = wanted >= 0.5
                isBlack[y * columns + x] = !isPaper
                let error = wanted - (isPaper ? 1 : 0)
                here[x + 1 + step] += error * 7 / 16
                below[x + 1 - step] += error * 3 / 16
                below[x + 1] += error * 5 / 16
                below[x + 1 + step] += error / 16
                x += step
            }
            swap(&here, &below)
            for index in below.indices { below[index] = 0 }
        }
    }
}
