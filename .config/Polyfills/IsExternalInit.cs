using System.ComponentModel;
using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Marks setters that only initialise; .NET Standard 2.0 lacks it.</summary>
[Embedded]
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
