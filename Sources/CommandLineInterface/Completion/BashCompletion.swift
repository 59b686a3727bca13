extension Program {
    /// A completion script for bash 4 and later that needs nothing but bash.
    var bashCompletion: String {
        let table = CompletionTable(self)
        let name = root.name
        // Function names may hold hyphens in bash, but not in its POSIX mode.
        let prefix = "_" + String(name.map { $0 == "-" ? "_" : $0 })
        return """
            # Completion of \(name) for bash; load it with: source <(\(name) completion bash)

            # Describes the command path $1: its subcommands, its options, what each of its arguments may be.
            \(prefix)_describe() {
                subcommands=() options=() arguments=() repeats=
                case $1 in
            \(table.entries.map(\.bashCase).joined(separator: "\n"))
                esac
                options+=(\(table.globalOptions.map(\.spelling).joined(separator: " ")))
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
                local index=$1 description
                kind= choices=()
                if ((index >= ${#arguments[@]})); then
                    [[ -n $repeats ]] || return
                    index=$((${#arguments[@]} - 1))
                fi
                read -r -a description <<< "${arguments[index]}"
                kind=${description[0]} choices=("${description[@]:1}")
            }

            # Offers those of the words after the first that begin with it.
            \(prefix)_offer() {
                local start=$1 word
                shift
                for word in "$@"; do
                    [[ $word == "$start"* ]] && COMPREPLY+=("$word")
                done
            }

            # Offers values of the kind described last that begin with $1.
            \(prefix)_offer_value() {
                case $kind in
                words) \(prefix)_offer "$1" "${choices[@]}" ;;
                file)
                    compopt -o filenames 2> /dev/null
                    mapfile -t COMPREPLY < <(compgen -f -- "$1")
                    ;;
                folder)
                    compopt -o filenames 2> /dev/null
                    mapfile -t COMPREPLY < <(compgen -d -- "$1")
                    ;;
                esac
            }

            \(prefix)() {
                local path=\(name) current=${COMP_WORDS[COMP_CWORD]} word head= pending= plain= index count=0
                local kind repeats IFS=$' \\t\\n'
                local -a subcommands options arguments choices
                COMPREPLY=()
                \(prefix)_describe "$path"
                for ((index = 1; index < COMP_CWORD; index++)); do
                    word=${COMP_WORDS[index]}
                    # Bash cuts --option=value into three words.
                    if [[ $word == = && -n $pending ]]; then
                        continue
                    elif [[ -n $pending ]]; then
                        pending=
                    elif [[ -n $plain ]]; then
                        count=$((count + 1))
                    elif [[ $word == -- ]]; then
                        plain=yes
                    elif [[ $word == -* ]]; then
                        \(prefix)_value "$path" "$word"
                        [[ -n $kind ]] && pending=$word
                    elif [[ " ${subcommands[*]} " == *" $word "* ]]; then
                        path+=" $word"
                        \(prefix)_describe "$path"
                    else
                        count=$((count + 1))
                    fi
                done

                if [[ $current == = && -n $pending ]]; then
                    current=
                elif [[ $current == --*=* && -z $pending && -z $plain ]]; then
                    # Bash was told not to cut at '='.
                    pending=${current%%=*} head=${current%%=*}= current=${current#*=}
                fi

                if [[ -n $pending ]]; then
                    \(prefix)_value "$path" "$pending"
                    \(prefix)_offer_value "$current"
                    COMPREPLY=("${COMPREPLY[@]/#/$head}")
                elif [[ $current == -* && -z $plain ]]; then
                    \(prefix)_offer "$current" "${options[@]}"
                elif ((${#subcommands[@]} > 0)); then
                    \(prefix)_offer "$current" "${subcommands[@]}"
                else
                    \(prefix)_argument "$count"
                    \(prefix)_offer_value "$current"
                fi
            }

            complete -F \(prefix) \(name)

            """
    }
}

extension CompletionTable.Entry {
    fileprivate var bashCase: String {
        """
            \(shellQuoted(path)))
                subcommands=(\(subcommands.map(\.name).joined(separator: " ")))
                options=(\(options.map(\.spelling).joined(separator: " ")))
                arguments=(\(arguments.map(\.shellWord).joined(separator: " "))) repeats=\(isLastRepeated ? "yes" : "")
                ;;
        """
    }
}
