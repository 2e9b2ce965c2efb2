namespace XQr.Api.Analytics.Figures;

/// <summary>The figures of a workspace's or a link's UTC day.</summary>
internal sealed record FigureDay(DateOnly Day, ScanFigures Figures);
