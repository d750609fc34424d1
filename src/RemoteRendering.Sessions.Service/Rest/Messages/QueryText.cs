namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>Reads one value out of a query string.</summary>
internal static class QueryText
{
    /// <summary>The unescaped value of the first parameter of that name, whose case does not matter; null when there is none.</summary>
    public static string? Value(string? query, string name)
    {
        if (query is null)
        {
            return null;
        }

        foreach (string part in query.Split('&'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(equals < 0 ? part : part[..equals]);
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? string.Empty : Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }
}
