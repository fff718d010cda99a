/// What is counted of one kind of people at one node, with areas under the curves of how many there are.
struct Tally {
  var waiting = 0
  var busy = 0
  var present = 0
  private var last = 0.0
  private(set) var waitingArea = 0.0
  private(set) var busyArea = 0.0
  private(set) var presentArea = 0.0
  var arrivals = 0
  /// Of the arrivals, who found nobody free.
  var waited = 0
  var served = 0
  var abandoned = 0
  var waitSum = 0.0
  var staySum = 0.0
  /// Time in the node of each person one by one, within what is counted: by Little's law the same as `presentArea`.
  var ownTime = 0.0

  /// Brings the areas up to a moment; before every change of a count.
  @inline(__always)
  mutating func touch(_ now: Double) {
    let days = now - last
    last = now
    waitingArea += days * Double(waiting)
    busyArea += days * Double(busy)
    presentArea += days * Double(present)
  }

  /// Forgets what was counted, not who is there.
  mutating func begin(at now: Double) {
    self = Tally(waiting: waiting, busy: busy, present: present, last: now)
  }

  init() {}

  private init(waiting: Int, busy: Int, present: Int, last: Double) {
    self.waiting = waiting
    self.busy = busy
    self.present = present
    self.last = last
  }

  static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    sum.waitingArea += right.waitingArea
    sum.busyArea += right.busyArea
    sum.presentArea += right.presentArea
    sum.arrivals += right.arrivals
    sum.waited += right.waited
    sum.served += right.served
    sum.abandoned += right.abandoned
    sum.waitSum += right.waitSum
    sum.staySum += right.staySum
    sum.ownTime += right.ownTime
    return sum
  }
}
