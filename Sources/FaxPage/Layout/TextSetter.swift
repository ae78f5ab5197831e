internal import CPango

/// Turns text into rows, in whatever script it is written.
final class TextSetter {
    /// Bytes. Pango takes longer, and more memory, for a paragraph than for its parts.
    private static let window = 8192

    private let fonts: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer

    init() throws(PageFault) {
        try FontChoice.settle()
        fonts = pango_cairo_font_map_new()
        context = pango_font_map_create_context(fonts)
        // One point is one unit, and nothing is moved to suit the dots of a screen.
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fonts)
    }

    /// Sets a text of any length, row by row.
    ///
    /// - Parameter take: is given the rows, and answers whether there is room for more.
    /// - Returns: false where there was none.
    func set(
        _ text: String, _ style: TextStyle, x: Double, width: Double, take: (Row) -> Bool
    ) -> Bool {
        for paragraph in VisibleText.paragraphs(text) {
            guard set(paragraph: VisibleText.bytes(paragraph), style, x: x, width: width, take: take) else {
                return false
            }
        }
        return true
    }

    /// Sets a short text on few lines; an ellipsis shows what is left out.
    func rows(_ text: String, _ style: TextStyle, x: Double, width: Double, most: Int) -> [Row] {
        let set = SetText(
            line(text), style: style, width: width, fitting: .shorten(lines: most), context: context)
        return set.lines.map { row($0, style, x: x) }
    }

    /// Sets a text on one line, shortened in its middle.
    func row(_ text: String, _ style: TextStyle, x: Double, width: Double) -> Row {
        let set = SetText(line(text), style: style, width: width, fitting: .shortenInTheMiddle, context: context)
        return set.lines.first.map { row($0, style, x: x) } ?? Row(height: style.pitch)
    }

    /// How wide a short text is, in points.
    func width(_ text: String, _ style: TextStyle) -> Double {
        SetText(line(text), style: style, width: nil, context: context).lines.map(\.width).max() ?? 0
    }

    // MARK: Paragraphs

    /// A window of text is set at a time. Its last line may go on behind it and is set again with what follows.
    private func set(
        paragraph: [UInt8], _ style: TextStyle, x: Double, width: Double, take: (Row) -> Bool
    ) -> Bool {
        var isRightToLeft: Bool?
        var start = 0
        repeat {
            let end = Self.boundary(in: paragraph, near: start + Self.window)
            let text = SetText(
                paragraph[start..<end], style: style, width: width, isRightToLeft: isRightToLeft, context: context)
            isRightToLeft = isRightToLeft ?? text.isRightToLeft
            let lines = text.lines
            // A single line that fills the window is no line of print, but a heap of marks.
            let used = end == paragraph.count ? lines.count : max(1, lines.count - 1)
            for (index, line) in lines.prefix(used).enumerated() {
                var row = row(line, style, x: x)
                // No line of a paragraph is left alone on its page.
                row.staysWithNext =
                    start == 0 && index == 0 && lines.count > 1
                    || end == paragraph.count && index == lines.count - 2
                guard take(row) else { return false }
            }
            start = used < lines.count ? start + lines[used].start : end
        } while start < paragraph.count
        return true
    }

    /// The last place at which a character begins, at or before a wanted one.
    private static func boundary(in text: [UInt8], near wanted: Int) -> Int {
        guard wanted < text.count else { return text.count }
        var place = wanted
        while text[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }

    // MARK: Lines

    private func line(_ text: String) -> ArraySlice<UInt8> {
        let bytes = VisibleText.line(text)
        return bytes[..<Self.boundary(in: bytes, near: Self.window)]
    }

    private func row(_ line: SetLine, _ style: TextStyle, x: Double) -> Row {
        // Letters of other fonts can be taller than the pitch; what is taller than letters are is clipped.
        let height = min(max(style.pitch, line.height), 2 * style.pitch)
        let baseline = (height - min(line.height, height)) / 2 + min(line.ascent, height)
        return Row(fragments: [Row.Fragment(line: line, x: x + line.x, baseline: baseline)], height: height)
    }
}
