namespace XQr.Rendering;

/// <summary>The share of a QR code that can be unreadable without loss of data (ISO/IEC 18004, 7.5.1).</summary>
public enum ErrorCorrection
{
    /// <summary>About 7 % of the codewords can be repaired.</summary>
    L,

    /// <summary>About 15 % of the codewords can be repaired.</summary>
    M,

    /// <summary>About 25 % of the codewords can be repaired.</summary>
    Q,

    /// <summary>About 30 % of the codewords can be repaired.</summary>
    H,
}
