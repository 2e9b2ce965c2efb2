namespace XQr.Rendering.Shapes;

/// <summary>
/// The convex corners that are round. Each is named by the direction in which the outline reaches it, clockwise around dark modules.
/// </summary>
[Flags]
internal enum Rounding
{
    None = 0,
    UpperRight = 1 << Contours.Right,
    LowerRight = 1 << Contours.Down,
    LowerLeft = 1 << Contours.Left,
    UpperLeft = 1 << Contours.Up,
    Leaf = UpperLeft | LowerRight,
    All = UpperLeft | UpperRight | LowerLeft | LowerRight,
}
