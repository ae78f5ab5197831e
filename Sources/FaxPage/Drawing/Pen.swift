internal import CPango

/// Draws in black, and nothing but lines, letters and dots.
final class Pen {
    let cairo: OpaquePointer?

    init(surface: OpaquePointer?) {
        cairo = cairo_create(surface)
        cairo_set_source_rgb(cairo, 0, 0, 0)
    }

    deinit { cairo_destroy(cairo) }

    func draw(_ row: Row, y: Double) {
        for fragment in row.fragments {
            cairo_move_to(cairo, fragment.x, y + fragment.baseline)
            pango_cairo_show_layout_line(cairo, fragment.line.line)
        }
    }

    func drawRule(y: Double, thickness: Double) {
        cairo_set_line_width(cairo, thickness)
        cairo_move_to(cairo, Sheet.left, y + thickness / 2)
        cairo_line_to(cairo, Sheet.right, y + thickness / 2)
        cairo_stroke(cairo)
    }

    func drawBox(from top: Double, to bottom: Double) {
        cairo_set_line_width(cairo, Sheet.thinRule)
        cairo_rectangle(cairo, Sheet.left, top, Sheet.textWidth, bottom - top)
        cairo_stroke(cairo)
    }

    /// In the middle of the page, each dot on one of the fax machine's.
    func draw(_ dots: Dots, below top: Double) {
        let size = (width: 72 / PictureSize.across, height: 72 / PictureSize.down(isFine: dots.isFine))
        let x = ((Sheet.width - Double(dots.columns) * size.width) / 2 / size.width).rounded() * size.width
        let y = (top / size.height).rounded(.up) * size.height
        let mask = self.mask(dots)
        defer { cairo_surface_destroy(mask) }
        cairo_save(cairo)
        cairo_translate(cairo, x, y)
        cairo_scale(cairo, size.width, size.height)
        let pattern = cairo_pattern_create_for_surface(mask)
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
        cairo_mask(cairo, pattern)
        cairo_pattern_destroy(pattern)
        cairo_restore(cairo)
    }

    /// One bit for each dot, in cairo's order: the lowest bit of a word is the leftmost dot.
    private func mask(_ dots: Dots) -> OpaquePointer? {
        let mask = cairo_image_surface_create(CAIRO_FORMAT_A1, Int32(dots.columns), Int32(dots.rows))
        cairo_surface_flush(mask)
        if let data = cairo_image_surface_get_data(mask) {
            let stride = Int(cairo_image_surface_get_stride(mask))
            for y in 0..<dots.rows {
                for x in 0..<dots.columns where dots.isBlack[y * dots.columns + x] {
                    data[y * stride + x / 8] |= 1 << (x % 8)
                }
            }
        }
        cairo_surface_mark_dirty(mask)
        return mask
    }
}
