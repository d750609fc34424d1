namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Returns the name of a setting for messages: the path in configuration, or the property in code.</summary>
internal static class SettingName
{
    /// <summary>Returns the name of a setting.</summary>
    /// <param name="options">The options of the setting.</param>
    /// <param name="key">The key; a colon separates the levels.</param>
    public static string Of(RemoteRenderingOptions options, string key) => options.SettingPath switch
    {
        null => nameof(RemoteRenderingOptions) + "." + key.Replace(':', '.'),
        "" => key,
        { } path => path + ":" + key,
    };
}
