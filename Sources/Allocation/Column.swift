/// A column of numbers of fixed length without checks on each access: the inner loops of the auction touch millions.
/// Who makes one frees it.
struct Column<Value: BitwiseCopyable> {
  private let values: UnsafeMutablePointer<Value>

  init(_ count: Int, filledWith value: Value) {
    values = .allocate(capacity: max(1, count))
    values.initialize(repeating: value, count: count)
  }

  /// Not filled yet: every value is set before it is read.
  init(unfilled count: Int) {
    values = .allocate(capacity: max(1, count))
  }

  init(_ array: [Value]) {
    values = .allocate(capacity: max(1, array.count))
    for (place, value) in array.enumerated() { (values + place).initialize(to: value) }
  }

  func free() { values.deallocate() }

  @inline(__always)
  subscript(_ place: Int) -> Value {
    get { values[place] }
    nonmutating set { values[place] = newValue }
  }
}
