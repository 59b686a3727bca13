extension Program {
    /// A completion script for zsh, to be sourced after `compinit` or put into the function path as `_name`.
    var zshCompletion: String {
        let table = CompletionTable(self)
        let name = root.name
        let prefix = "_\(name)"
        return """
            #compdef \(name)
            # Completion of \(name) for zsh; load it after compinit with: source <(\(name) completion zsh)

            # Describes the command path $1: its subcommands, its options, what each of its arguments may be.
            \(prefix)_describe() {
                subcommands=() options=() arguments=() repeats=
                case $1 in
            \(table.entries.map(\.zshCase).joined(separator: "\n"))
                esac
                options+=(\(table.globalOptions.map { zshItem($0.spelling, $0.help) }.joined(separator: " ")))
            }

            # Describes the value of option $2 at the command path $1; kind stays empty when it takes none.
            \(prefix)_value() {
                kind= choices=()
                case "$1 $2" in
            \(table.optionValues.map(\.shellCase).joined(separator: "\n"))
                esac
            }

            # Describes the value of argument number $1, from 0, of the command described last.
            \(prefix)_argument() {
                local -i index=$(($1 + 1))
                local -a description
                kind= choices=()
                if ((index > ${#arguments})); then
                    [[ -n $repeats ]] || return 0
                    index=${#arguments}
                fi
                description=(${=arguments[index]})
                kind=$description[1]
                choices=(${description[2,-1]})
            }

            # Offers values of the kind described last.
            \(prefix)_offer_value() {
                case $kind in
                words) compadd -- $choices ;;
                file) _files ;;
                folder) _files -/ ;;
                *) _message value ;;
                esac
            }

            \(prefix)() {
                local path_words=\(name) current=$words[CURRENT] word pending= plain= kind repeats
                local -i index count=0
                local -a subcommands options arguments choices
                \(prefix)_describe $path_words
                for ((index = 2; index < CURRENT; index++)); do
                    word=$words[index]
                    if [[ -n $pending ]]; then
                        pending=
                    elif [[ -n $plain ]]; then
                        ((++count))
                    elif [[ $word == -- ]]; then
                        plain=yes
                    elif [[ $word == -* ]]; then
                        \(prefix)_value $path_words $word
                        [[ -n $kind ]] && pending=$word
                    elif ((${subcommands[(I)${(b)word}:*]})); then
                        path_words+=" $word"
                        \(prefix)_describe $path_words
                    else
                        ((++count))
                    fi
                done

                if [[ -n $pending ]]; then
                    \(prefix)_value $path_words $pending
                    \(prefix)_offer_value
                elif [[ -z $plain && $current == --*=* ]]; then
                    \(prefix)_value $path_words ${current%%=*}
                    compset -P '*='
                    \(prefix)_offer_value
                elif [[ -z $plain && $current == -* ]]; then
                    _describe -o option options
                elif ((${#subcommands})); then
                    _describe command subcommands
                else
                    \(prefix)_argument $count
                    \(prefix)_offer_value
                fi
            }

            # In the function path this file is the body of the function; sourced, it registers the function.
            if [[ $funcstack[1] == \(prefix) ]]; then
                \(prefix) "$@"
            else
                compdef \(prefix) \(name)
            fi

            """
    }
}

extension CompletionTable.Entry {
    fileprivate var zshCase: String {
        """
            \(shellQuoted(path)))
                subcommands=(\(subcommands.map { zshItem($0.name, $0.summary) }.joined(separator: " ")))
                options=(\(options.map { zshItem($0.spelling, $0.help) }.joined(separator: " ")))
                arguments=(\(arguments.map(\.shellWord).joined(separator: " "))) repeats=\(isLastRepeated ? "yes" : "")
                ;;
        """
    }
}

/// `name:explanation`, as `_describe` reads it; a colon in the name would end it.
private func zshItem(_ name: String, _ text: String) -> String {
    let escaped = name.reduce(into: "") { $0 += $1 == ":" ? "\\:" : String($1) }
    return shellQuoted("\(escaped):\(text)")
}
