namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>The name of a setting as the reader of a message knows it: the path in configuration, or the property in code.</summary>
internal static class SettingName
{
    /// <summary>Names a setting.</summary>
    /// <param name="options">The options it belongs to.</param>
    /// <param name="key">The key, with a colon for one below.</param>
    public static string Of(RemoteRenderingOptions options, string key) => options.SettingPath switch
    {
        null => nameof(RemoteRenderingOptions) + "." + key.Replace(':', '.'),
        "" => key,
        { } path => path + ":" + key,
    };
}
