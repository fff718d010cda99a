/// What the partial likelihood needs of a set of people: the sum of their weights exp(line), the weighted mean of their
/// columns, and the weighted squares around it. People and sets are only ever put in, never taken out, and squares are
/// kept around the mean (Welford 1962; Chan, Golub & LeVeque 1983): nothing large is subtracted from something large, so
/// one person with the code 999 costs the others none of their digits.
struct Moments {
  /// How far a line may lie above the level before all weights are taken relative to a higher one.
  private static let reach = 64.0

  private let size: Int
  private let cells: UnsafeMutablePointer<Double>

  fileprivate init(_ cells: UnsafeMutablePointer<Double>, _ size: Int) {
    self.cells = cells
    self.size = size
  }

  static func width(_ size: Int) -> Int { 2 + 2 * size + size * (size + 1) / 2 }

  /// Weights are exp(line − level): a multiple of the reach, so that two sets mostly have the same.
  @inline(__always)
  private(set) var level: Double {
    get { cells[0] }
    nonmutating set { cells[0] = newValue }
  }

  @inline(__always)
  private(set) var weight: Double {
    get { cells[1] }
    nonmutating set { cells[1] = newValue }
  }

  @inline(__always)
  var mean: UnsafeMutablePointer<Double> { cells + 2 }

  /// Room for the way from the mean to what is put in.
  @inline(__always)
  private var way: UnsafeMutablePointer<Double> { cells + 2 + size }

  /// The lower half of the matrix, row by row.
  @inline(__always)
  var squares: UnsafeMutablePointer<Double> { cells + 2 + 2 * size }

  func clear() { cells.update(repeating: 0, count: Self.width(size)) }

  /// Puts in a person with these columns.
  @inline(__always)
  func add(_ columns: UnsafePointer<Double>, line: Double) {
    if weight == 0 { return begin(columns, line) }
    if line > level + Self.reach { rise(to: line) }
    let own = exponential(line - level)
    let sum = weight + own
    let share = own / sum
    meet(columns, share: share, spread: share * weight, sum)
  }

  /// Moves the mean towards that of what is put in, and adds the squares of the way between the two.
  @inline(__always)
  private func meet(_ others: UnsafePointer<Double>, share: Double, spread: Double, _ sum: Double) {
    let isLight = share <= 0.5
    let rest = isLight ? 0 : weight / sum
    var line = squares
    for row in 0..<size {
      let own = others[row] - mean[row]
      way[row] = own
      let distance = spread * own
      for column in 0...row { line[column] += distance * way[column] }
      line += row + 1
      // From the heavier side, so that what it knows of itself is kept.
      mean[row] = isLight ? mean[row] + share * own : others[row] - rest * own
    }
    weight = sum
  }

  private func begin(_ columns: UnsafePointer<Double>, _ line: Double) {
    clear()
    level = Self.level(of: line)
    weight = exponential(line - level)
    mean.update(from: columns, count: size)
  }

  private static func level(of line: Double) -> Double { (line / reach).rounded() * reach }

  private func rise(to line: Double) {
    let higher = Self.level(of: line)
    let factor = exponential(level - higher)
    weight *= factor
    for term in 0..<size * (size + 1) / 2 { squares[term] *= factor }
    level = higher
  }

  /// Puts in a set of others.
  @inline(__always)
  func add(_ other: Moments) {
    if other.weight == 0 { return }
    if weight == 0 { return cells.update(from: other.cells, count: Self.width(size)) }
    if other.level > level { rise(to: other.level) }
    let factor = other.level == level ? 1 : exponential(other.level - level)
    let sum = weight + factor * other.weight
    let share = factor * other.weight / sum
    for term in 0..<size * (size + 1) / 2 { squares[term] += factor * other.squares[term] }
    meet(other.mean, share: share, spread: share * weight, sum)
  }
}

/// Room for the moments of many sets.
final class MomentTable {
  private let cells: UnsafeMutablePointer<Double>
  private let size: Int
  private let count: Int
  private let width: Int

  init(_ count: Int, size: Int) {
    self.size = size
    self.count = count
    width = Moments.width(size)
    cells = .allocate(capacity: max(1, count * width))
    cells.initialize(repeating: 0, count: count * width)
  }

  deinit { cells.deallocate() }

  @inline(__always)
  subscript(_ place: Int) -> Moments { Moments(cells + place * width, size) }

  func clear() { cells.update(repeating: 0, count: count * width) }
}
