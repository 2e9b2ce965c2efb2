namespace XQr.Rendering;

/// <summary>The share of a QR code that can be unreadable without loss of data (ISO/IEC 18004, 7.5.1).</summary>
public enum ErrorCorrection
{
    /// <summary>About 7 % of the codewords can be repaired.</summary>
    L,

    /// <summary>About 15 %.</summary>
    M,

    /// <summary>About 25 %.</summary>
    Q,

    /// <summary>About 30 %.</summary>
    H,
}
