namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A corner on the picture, with what is linear there: one over the depth, and the weights over the depth.</summary>
internal readonly record struct ScreenCorner(double X, double Y, double InverseDepth, double B, double C);
