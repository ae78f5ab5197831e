import SupportDesk
import Testing

@testable import FaxPage

@Suite("Pictures in black and white")
struct PictureTests {
    private func tones(_ file: [UInt8], _ columns: Int, _ rows: Int) throws -> [Float] {
        Tones(try #require(DecodedPicture(file)), columns: columns, rows: rows).values
    }

    @Test("The usual kinds are read", arguments: ["png", "jpeg", "bmp", "tiff"])
    func kinds(kind: String) throws {
        let file = PictureFile.gray(16, 8, as: kind) { x, _ in x < 8 ? 0 : 255 }
        let picture = try #require(DecodedPicture(file))
        #expect((picture.width, picture.height) == (16, 8))
        #expect(try tones(file, 2, 1) == [0, 1])
    }

    @Test("Of a GIF file, the first image is read")
    func gif() throws {
        #expect(try tones(PictureFile.gif, 2, 1) == [0, 1])
    }

    @Test("What cannot be read, or is too large, is no picture")
    func refused() throws {
        let photo = PictureFile.gray(64, 64) { x, y in UInt8(x * 3 ^ y) }
        #expect(DecodedPicture(photo) != nil)
        let others: [[UInt8]] = [
            [], Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), Array(photo.prefix(20)),
            Array("/* XPM */".utf8), PictureFile.claim(50_000, 1001), PictureFile.claim(0x7FFF_FFFF, 0x7FFF_FFFF),
        ]
        for file in others { #expect(DecodedPicture(file) == nil, "\(file.prefix(30))") }
    }

    @Test("What a damaged file lacks is paper", arguments: ["png", "bmp"])
    func damaged(kind: String) throws {
        let whole = PictureFile.gray(64, 256, as: kind) { x, y in UInt8(truncatingIfNeeded: (x * 7 ^ y * 13) % 200) }
        let part = try #require(DecodedPicture(Array(whole.prefix(whole.count / 2))))
        let tones = Tones(part, columns: 1, rows: 8).values
        // BMP files begin at the bottom.
        #expect((kind == "bmp" ? tones.first : tones.last) == 1)
        #expect((kind == "bmp" ? tones.last : tones.first) ?? 1 < 0.7)
    }

    @Test("A picture is turned as the camera was held")
    func orientation() throws {
        // Black at the left; held so, the left edge was on top, on the right, at the bottom.
        let file = PictureFile.gray(32, 16, as: "jpeg") { x, _ in x < 16 ? 0 : 255 }
        #expect(try tones(PictureFile.held(1, file), 2, 1) == [0, 1])
        #expect(try tones(PictureFile.held(3, file), 2, 1) == [1, 0])
        #expect(try tones(PictureFile.held(6, file), 1, 2) == [0, 1])
        #expect(try tones(PictureFile.held(8, file), 1, 2) == [1, 0])
        let turned = try #require(DecodedPicture(PictureFile.held(6, file)))
        #expect((turned.width, turned.height) == (16, 32))
    }

    @Test("What is transparent shows paper")
    func transparency() throws {
        let file = PictureFile.make(2, 1) { x, _ in (0, 0, 0, x == 0 ? 0 : 255) }
        #expect(try tones(file, 2, 1) == [1, 0])
    }

    @Test("Green is lighter than red, and red than blue")
    func luminance() throws {
        let file = PictureFile.make(3, 1) { x, _ in (x == 0 ? 255 : 0, x == 1 ? 255 : 0, x == 2 ? 255 : 0, 255) }
        let tones = try tones(file, 3, 1)
        #expect(tones[1] > tones[0] && tones[0] > tones[2] && tones[2] > 0)
    }

    @Test("A point is the mean of what it covers, of light and not of its codes")
    func means() throws {
        let stripes = PictureFile.gray(90, 90) { x, _ in x.isMultiple(of: 2) ? 0 : 255 }
        // Half the light: more than the middle code, which has a fifth of it.
        for tone in try tones(stripes, 3, 3) { #expect(abs(tone - 0.6804) < 0.01) }
        let middle = try tones(PictureFile.gray(8, 8) { _, _ in 128 }, 1, 1)
        #expect(abs(middle[0] - 0.427) < 0.01)
        // Neither enlarging nor uneven ratios change a plain tone.
        for (columns, rows) in [(16, 3), (5, 20), (1, 1), (7, 7)] {
            let plain = try tones(PictureFile.gray(8, 8) { _, _ in 128 }, columns, rows)
            #expect(plain.count == columns * rows)
            for tone in plain { #expect(abs(tone - middle[0]) < 0.001) }
        }
    }

    @Test("What is nearly white is paper, what is nearly black is ink")
    func ends() throws {
        #expect(try tones(PictureFile.gray(2, 1) { x, _ in x == 0 ? 245 : 3 }, 2, 1) == [1, 0])
    }

    @Test("The dots are as many as the tone says, and spread", arguments: [0, 0.1, 0.25, 0.5, 0.8, 1] as [Float])
    func dithering(tone: Float) {
        let dots = Dots(
            dithering: Tones(columns: 100, rows: 100, values: .init(repeating: tone, count: 10000)), isFine: true)
        let black = dots.isBlack.count { $0 }
        #expect(abs(Float(black) - (1 - tone) * 10000) < 150)
        // Also in each corner, so that nothing runs off.
        let corner = (0..<25).flatMap { y in (75..<100).map { dots.isBlack[y * 100 + $0] } }.count { $0 }
        #expect(abs(Float(corner) - (1 - tone) * 625) < 40)
    }

    @Test("As large as fits, never more than two dots for a pixel, and the sides keep their ratio")
    func sizes() {
        let small = PictureSize(width: 100, height: 50, isFine: true)
        #expect((small.columns, small.rows) == (200, 96))
        #expect(PictureSize(width: 100, height: 50, isFine: false).rows == 48)
        let wide = PictureSize(width: 4000, height: 2000, isFine: true)
        #expect(wide.columns == Int(Sheet.textWidth / 72 * 204))
        #expect(abs(Double(wide.columns) / 204 - Double(wide.rows) / 196 * 2) < 0.02)
        let high = PictureSize(width: 500, height: 8000, isFine: true)
        #expect(Double(high.rows) <= Sheet.pictureHeight / 72 * 196)
        #expect(PictureSize(width: 50_000, height: 1, isFine: false).rows == 1)
    }

    @Test("On the machine, each dot is one of the machine's", arguments: [true, false])
    func exactness(isFine: Bool) async throws {
        let file = PictureFile.gray(300, 200) { x, y in UInt8((x * 7 + y * 3) % 256) }
        let size = PictureSize(width: 300, height: 200, isFine: isFine)
        let dots = Dots(
            dithering: Tones(try #require(DecodedPicture(file)), columns: size.columns, rows: size.rows), isFine: isFine
        )
        let document = Sample.document(pictures: [FaxDocument.Picture("photo.png", file)], isFine: isFine)
        let page = try await Paper(document).bitmap(page: 2, isFine: isFine)
        // The first dense row is the picture's.
        let left = (page.width - size.columns) / 2
        let top = try #require(
            (0..<page.height - size.rows).first { y in
                (0...1).contains { shift in
                    (0..<size.columns).allSatisfy { page.isBlack(left + shift + $0, y) == dots.isBlack[$0] }
                }
            })
        let shift = (0..<size.columns).allSatisfy { page.isBlack(left + $0, top) == dots.isBlack[$0] } ? 0 : 1
        var wrong = 0
        for y in 0..<size.rows {
            for x in 0..<size.columns
            where page.isBlack(left + shift + x, top + y) != dots.isBlack[y * size.columns + x] {
                wrong += 1
            }
        }
        #expect(wrong == 0)
    }

    @Test("A picture that cannot be read is named among the attachments, and takes no page")
    func unreadable() async throws {
        let pictures = [
            FaxDocument.Picture(name: "cassée.png", content: "AAAA"), .sample("bonne.png"),
            FaxDocument.Picture(name: "étrange.png", content: "pas du base64 !"),
        ]
        let paper = try await Paper(Sample.document(attachments: ["journal.log"], pictures: pictures))
        #expect(paper.count == 2)
        let text = try await paper.text(page: 1)
        for line in ["journal.log", "cassée.png ✗", "étrange.png ✗"] { #expect(text.contains(line)) }
        #expect(!text.contains("bonne.png"))
        #expect(try await paper.text(page: 2).contains("bonne.png"))
    }
}
