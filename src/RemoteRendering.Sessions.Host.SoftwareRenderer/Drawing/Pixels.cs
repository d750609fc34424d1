namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>Between places on a picture and the numbers of pixels.</summary>
internal static class Pixels
{
    /// <summary>The first pixel whose middle does not lie before a place, of so many.</summary>
    public static int First(double place, int count)
    {
        double first = Math.Ceiling(place - 0.5);
        return first > 0 ? first < count ? (int)first : count : 0;
    }
}
