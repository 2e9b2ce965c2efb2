namespace XQr.Rendering.Shapes;

/// <summary>Which corners that stick out are round. Each is named by the direction in which the outline comes to it, clockwise around what is dark.</summary>
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
