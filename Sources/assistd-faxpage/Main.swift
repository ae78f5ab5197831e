import FaxPage
import Glibc

@main
enum Main {
    static func main() {
        exit(PageMaker.run())
    }
}
